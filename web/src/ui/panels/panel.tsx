import type { ReactNode } from 'react';
import styles from './panel.module.css';

/** A quiet box with an optional heading and actions on its right. */
export function Panel({ title, actions, children }: { title?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.panel}>
      {(title || actions) && (
        <header className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}
