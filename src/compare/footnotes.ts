const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Remarks below a table; equal ones share a number. */
export class Footnotes {
  /** Remarks with their numbers, raised. */
  readonly #numbers = new Map<string, string>();

  /** The numbers of remarks, raised, such as `¹ ³`. */
  marks(remarks: readonly string[]): string {
    if (remarks.length === 0) return '';
    return remarks.map((remark) => this.#mark(remark)).join(' ');
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
