/** A source file with what it imports, as dependency-cruiser reports it; paths from the clone's root. */
export interface Module {
  readonly source: string;
  readonly dependencies: readonly { readonly resolved: string }[];
}
