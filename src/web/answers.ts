import type { FramePackage } from '../report/frame-package.js';
import type { Inlined } from '../report/top.js';

/** The views that a page asks for. Each has one shape of answer. */
export interface Answers {
  readonly about: AboutAnswer;
  readonly flame: FlameAnswer;
  readonly graph: GraphAnswer;
  readonly top: TopAnswer;
  readonly peek: PeekAnswer;
  readonly source: SourceAnswer;
  readonly tags: TagsAnswer;
  readonly folded: TextAnswer;
}

/** The name of a view. */
export type ViewName = keyof Answers;

/** What the page is about. */
export interface AboutAnswer {
  readonly title: string;
  /** What the profile says of itself. */
  readonly labels: readonly string[];
  /** The profiles there are, by the names that they were given. */
  readonly profiles: readonly string[];
  /** Whether a base is subtracted that the command line named: then there is none to choose. */
  readonly hasBase: boolean;
  readonly sampleTypes: readonly { readonly type: string; readonly unit: string }[];
  /** Into `sampleTypes`. */
  readonly sampleIndex: number;
  /** The filters on, by their letters. */
  readonly filters: readonly { readonly letter: string; readonly name: string; readonly text: string }[];
}

/** What every report's answer has. */
export interface ReportAnswer {
  /** Filters that meet nothing, and the like. */
  readonly remarks: readonly string[];
  readonly total: string;
}

/** A value as it is shown, and its share of the total in percent. */
export interface Cost {
  readonly text: string;
  readonly percent: string;
  /** For orders and bars. */
  readonly value: number;
}

/** The boxes of flame graphs. */
export interface FlameAnswer extends ReportAnswer {
  readonly packages: readonly FramePackage[];
  readonly frames: readonly AnswerFrame[];
  readonly callees: FlameColumns;
  /** Null where no function is the pivot. */
  readonly callers: FlameColumns | null;
  readonly isDiff: boolean;
  /** What percentages are taken of. */
  readonly totalValue: number;
  readonly type: string;
  readonly unit: string;
  /** Values are divided by this when they are shown. */
  readonly divideBy: number;
}

/** What boxes stand for. */
export interface AnswerFrame {
  /** The number that addresses have for it. */
  readonly id: number;
  readonly name: string;
  readonly file: string;
  /** Into `packages`. */
  readonly package: number;
}

/** A `FlameTree`; `frame` is a number into `frames`, -1 for the root. */
export interface FlameColumns {
  readonly row: ArrayLike<number>;
  readonly frame: ArrayLike<number>;
  readonly parent: ArrayLike<number>;
  readonly start: ArrayLike<number>;
  readonly width: ArrayLike<number>;
  readonly flat: ArrayLike<number>;
  readonly cum: ArrayLike<number>;
  readonly before: ArrayLike<number>;
}

/** The call graph. */
export interface GraphAnswer extends ReportAnswer {
  /** In the language of graphviz; node i of `names` is `N` and i + 1 there. */
  readonly dot: string;
  readonly names: readonly string[];
}

/** The functions that cost most. */
export interface TopAnswer extends ReportAnswer {
  readonly rows: readonly {
    readonly name: string;
    readonly inlined: Inlined;
    readonly flat: Cost;
    readonly cum: Cost;
  }[];
  /** How many there are besides. */
  readonly left: number;
}

/** Functions with their callers and callees. */
export interface PeekAnswer extends ReportAnswer {
  readonly entries: readonly {
    readonly name: string;
    readonly flat: Cost;
    readonly cum: Cost;
    /** Percentages are of the function's cum. */
    readonly callers: readonly PeekCall[];
    readonly callees: readonly PeekCall[];
  }[];
  readonly left: number;
}

/** A caller or callee. */
export interface PeekCall {
  readonly name: string;
  readonly inline: boolean;
  readonly cost: Cost;
}

/** Annotated source. */
export interface SourceAnswer extends ReportAnswer {
  readonly functions: readonly {
    readonly name: string;
    readonly files: readonly SourceFile[];
  }[];
  readonly left: number;
}

/** The part of a function that is in one file. */
export interface SourceFile {
  readonly file: string;
  readonly flat: Cost;
  readonly cum: Cost;
  /** Why there are no lines; empty where there are. */
  readonly problem: string;
  readonly lines: readonly {
    readonly line: number;
    readonly text: string;
    /** Null where nothing was spent. */
    readonly flat: Cost | null;
    readonly cum: Cost | null;
  }[];
}

/** Labels and what was spent under each of their values. */
export interface TagsAnswer extends ReportAnswer {
  readonly keys: readonly {
    readonly key: string;
    readonly total: Cost;
    readonly values: readonly { readonly name: string; readonly cost: Cost }[];
  }[];
}

/** A text to keep. */
export interface TextAnswer {
  readonly text: string;
}
