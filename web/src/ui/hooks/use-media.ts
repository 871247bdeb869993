import { useMediaQuery } from '@mantine/hooks';

/** True on a phone, from the first paint. */
export const useNarrow = () => useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false });
