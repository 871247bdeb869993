import { useTranslation } from 'react-i18next';
import styles from './hour-plot.module.css';

interface Bar {
  readonly hour: number;
  /** As many as there are names, from below. */
  readonly parts: readonly number[];
}

interface HourPlotProps {
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly names: readonly string[];
  readonly say: (value: number) => string;
}

const HEIGHT = 150;
/** Shown even if nobody called then, so that one busy hour stands where it belongs. */
const DAY = { first: 8, last: 18 };

/** Stacked bars of the hours of the day; the numbers stand in a table for those who do not see them. */
export function HourPlot({ title, bars, names, say }: HourPlotProps) {
  const first = Math.min(DAY.first, ...bars.map(({ hour }) => hour));
  const last = Math.max(DAY.last, ...bars.map(({ hour }) => hour));
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const partsOf = (hour: number) => bars.find((bar) => bar.hour === hour)?.parts ?? names.map(() => 0);
  const top = Math.max(1, ...bars.map(({ parts }) => sum(parts)));
  return (
    <section className={styles.plot} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.bars} aria-hidden style={{ height: HEIGHT + 34 }}>
        {hours.map((hour) => (
          <div key={hour} className={styles.hour}>
            <span className={styles.value}>{bars.some((bar) => bar.hour === hour) && say(sum(partsOf(hour)))}</span>
            {partsOf(hour).map((value, part) => (
              <span
                key={names[part]}
                className={styles.part}
                data-part={part}
                style={{ height: (value / top) * HEIGHT }}
                title={`${names[part]}: ${say(value)}`}
              />
            ))}
            <span className={styles.label}>{hour}</span>
          </div>
        ))}
      </div>
      {names.length > 1 && (
        <ul className={styles.legend} aria-hidden>
          {names.map((name, part) => (
            <li key={name}>
              <span className={styles.dot} data-part={part} /> {name}
            </li>
          ))}
        </ul>
      )}
      <Numbers {...{ title, names, say }} rows={hours.map((hour) => ({ hour, parts: partsOf(hour) }))} />
    </section>
  );
}

function Numbers({ title, names, say, rows }: Omit<HourPlotProps, 'bars'> & { rows: readonly Bar[] }) {
  const { t } = useTranslation('phone');
  return (
    <div className={styles.hidden}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('hours.hour')}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ hour, parts }) => (
            <tr key={hour}>
              <th scope="row">{hour}</th>
              {parts.map((value, part) => (
                <td key={names[part]}>{say(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
