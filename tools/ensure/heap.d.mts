export function heapFlags(
  env?: NodeJS.ProcessEnv,
  machine?: { readonly folder?: string; readonly memoryMb?: number },
): string[];
