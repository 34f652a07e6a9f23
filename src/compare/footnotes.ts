const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Remarks, and their numbers. */
interface Marked {
  readonly remarks: readonly string[];
  readonly marks: string;
}

const unmarked: Marked = { remarks: [], marks: '' };

/** Remarks below a table; equal ones share a number. */
export class Footnotes {
  /** Remarks with their numbers, raised. */
  readonly #numbers = new Map<string, string>();
  /** Those asked for last: the same few are repeated in row after row. */
  #recent: readonly [Marked, Marked] = [unmarked, unmarked];

  /** The numbers of remarks, raised, such as `¹ ³`. */
  marks(remarks: readonly string[]): string {
    if (remarks.length === 0) return '';
    const [last, other] = this.#recent;
    if (remarks === last.remarks) return last.marks;
    if (remarks === other.remarks) return other.marks;
    const marks = remarks.map((remark) => this.#mark(remark)).join(' ');
    this.#recent = [{ remarks, marks }, last];
    return marks;
  }

  /** The remarks, a line each. */
  *lines(): Generator<string> {
    for (const [remark, number] of this.#numbers) yield `${number} ${remark}`;
  }

  #mark(remark: string): string {
    const known = this.#numbers.get(remark);
    if (known !== undefined) return known;
    const number = raised(this.#numbers.size + 1);
    this.#numbers.set(remark, number);
    return number;
  }
}

function raised(number: number): string {
  return String(number).replace(/\d/g, (digit) => superscripts[Number(digit)] ?? digit);
}
