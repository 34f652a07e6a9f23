export declare function after<T = undefined>(value?: T, turns?: number): Promise<T>;
