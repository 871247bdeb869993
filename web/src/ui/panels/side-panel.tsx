import { Drawer } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useFocusReturn } from '../hooks/use-focus-return.ts';
import { useNarrow } from '../hooks/use-media.ts';
import styles from './side-panel.module.css';

interface SidePanelProps {
  label: string;
  width: string;
  close: () => void;
  children: ReactNode;
}

/** A panel over the page, from the right; the whole screen on a phone. */
export function SidePanel({ label, width, close, children }: SidePanelProps) {
  const narrow = useNarrow();
  const body = useRef<HTMLDivElement>(null);
  useEscape(body, close);
  useFocusReturn();
  return (
    <Drawer.Root
      opened
      onClose={close}
      closeOnEscape={false}
      position="right"
      size={narrow ? '100%' : width}
      padding={0}
      transitionProps={{ duration: 140 }}
    >
      <Drawer.Overlay backgroundOpacity={0.28} />
      <Drawer.Content aria-label={label} classNames={{ content: styles.content }}>
        <div ref={body} className={styles.body}>
          {children}
        </div>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** Marks what answers to Escape itself: an editor in place, an open popover's button. */
export const ownEscape = { 'data-mantine-stop-propagation': 'true' };

// Mantine's own listener would close the panel together with a dialog above it, or an editor inside it.
function useEscape(element: { current: HTMLElement | null }, act: () => void) {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKeyDown = ({ key, target }: KeyboardEvent) => {
      if (key !== 'Escape' || !(target instanceof Element)) return;
      const panel = element.current;
      if (panel?.contains(target) ? !target.closest('[data-mantine-stop-propagation="true"]') : isFree(panel, target))
        latest.current();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [element]);
}

// The focus is nowhere: it is the panel's turn, unless an editor in it waits for what it gave to be kept and may yet be told that it is wrong.
const isFree = (panel: HTMLElement | null, target: Element) =>
  panel !== null &&
  target.contains(panel) &&
  panel.querySelector('[data-mantine-stop-propagation="true"][aria-busy="true"]') === null;
