import type { ItemTypeIcon } from '@signalbox/contract/item-types.ts';
import {
  Box,
  Briefcase,
  Calendar,
  ClipboardList,
  FileText,
  GraduationCap,
  Hammer,
  Headset,
  Heart,
  House,
  Key,
  type LucideIcon,
  Package,
  Shield,
  Star,
  Truck,
  Wrench,
} from 'lucide-react';

const drawn: Readonly<Record<ItemTypeIcon, LucideIcon>> = {
  box: Box,
  briefcase: Briefcase,
  calendar: Calendar,
  'clipboard-list': ClipboardList,
  'file-text': FileText,
  'graduation-cap': GraduationCap,
  hammer: Hammer,
  headset: Headset,
  heart: Heart,
  house: House,
  key: Key,
  package: Package,
  shield: Shield,
  star: Star,
  truck: Truck,
  wrench: Wrench,
};

/** The picture of a smart process. */
export function TypeIcon({ icon, size = 16 }: { icon: ItemTypeIcon | null; size?: number }) {
  const Drawn = drawn[icon ?? 'box'];
  return <Drawn size={size} strokeWidth={1.8} aria-hidden style={{ flex: 'none' }} />;
}
