import { type LucideIcon, Zap } from 'lucide-react';
import * as drawn from './icons.ts';

const icons: Readonly<Record<string, LucideIcon>> = drawn;

/** The drawing of a definition's icon, named as Lucide names it (`mouse-pointer-click`). */
export function DefinitionIcon({ name, size = 18 }: { name: string; size?: number }) {
  const Drawn = icons[exportName(name)] ?? Zap;
  return <Drawn size={size} strokeWidth={1.8} aria-hidden />;
}

export const isDrawn = (name: string) => icons[exportName(name)] !== undefined;

const exportName = (name: string) => name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
