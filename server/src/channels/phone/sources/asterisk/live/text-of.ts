/** A setting that is a text; empty when it is not given. */
export const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
