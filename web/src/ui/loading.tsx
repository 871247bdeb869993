import { Skeleton, Stack } from '@mantine/core';

export function Loading({ lines = 4 }: { lines?: number }) {
  return (
    <Stack gap="sm" p="md" aria-busy="true">
      {Array.from({ length: lines }, (_, line) => `${100 - (line % 3) * 18}%`).map((width, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change places
        <Skeleton key={line} height={18} width={width} radius="sm" />
      ))}
    </Stack>
  );
}
