import { useNow } from '../hooks/use-now.ts';
import { useFormat } from './format.ts';

export function RelativeTime({ at }: { at: string }) {
  const format = useFormat();
  const now = useNow();
  return (
    <time dateTime={at} title={format.moment(at)}>
      {format.relative(at, now)}
    </time>
  );
}
