import type { Person } from '@signalbox/contract/common.ts';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { PersonFace } from '../../../ui/person-face.tsx';
import { RelativeTime } from '../../../ui/text/relative-time.tsx';
import styles from '../timeline.module.css';

interface EntryFrameProps {
  icon: LucideIcon;
  /** What its icon is called. */
  name: string;
  at: string;
  author: Person | null;
  tone?: 'fail';
  /** Words of a person stand in a box; what the system notes is a line. */
  boxed?: boolean;
  children: ReactNode;
}

export function EntryFrame({ icon: Icon, name, at, author, tone, boxed, children }: EntryFrameProps) {
  return (
    <li className={styles.entry} data-tone={tone} data-boxed={boxed || undefined}>
      <span className={styles.icon} role="img" aria-label={name} title={name}>
        <Icon size={14} aria-hidden />
      </span>
      <div className={styles.content}>
        {author && (
          <span className={styles.author}>
            <PersonFace person={author} size={18} /> {author.name}
          </span>
        )}
        <span className={styles.when}>
          <RelativeTime at={at} />
        </span>
        <div className={styles.body}>{children}</div>
      </div>
    </li>
  );
}
