import { Tooltip } from '@mantine/core';
import { hueOf } from './color.ts';
import styles from './person-face.module.css';

export interface Face {
  name: string;
  email?: string;
}

export function PersonFace({ person, size = 24 }: { person: Face; size?: number }) {
  const hue = hueOf(person.email ?? person.name);
  return (
    <Tooltip label={person.name}>
      <span
        className={styles.face}
        role="img"
        aria-label={person.name}
        style={{ '--hue': hue, width: size, height: size, fontSize: Math.round(size * 0.42) }}
      >
        {initials(person.name)}
      </span>
    </Tooltip>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return `${first.slice(0, 1)}${last.slice(0, 1)}`.toUpperCase();
}
