import type { Variable } from '../form-facts.tsx';

/** Conditions name the item's own fields without `item.`. */
export function variableAt(variables: readonly Variable[], path: string): Variable | undefined {
  return variables.find((variable) => variable.path === path || variable.path === `item.${path}`);
}
