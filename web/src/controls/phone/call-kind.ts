import type { Call } from '@signalbox/contract/channels/calls.ts';
import { type LucideIcon, PhoneIncoming, PhoneMissed, PhoneOff, PhoneOutgoing } from 'lucide-react';

type CallKind = 'incoming' | 'outgoing' | 'missed' | 'failed';

export const callKind = ({ state, direction }: Pick<Call, 'state' | 'direction'>): CallKind =>
  state === 'missed' || state === 'failed' ? state : direction;

export const callIcons: Readonly<Record<CallKind, LucideIcon>> = {
  incoming: PhoneIncoming,
  outgoing: PhoneOutgoing,
  missed: PhoneMissed,
  failed: PhoneOff,
};

/** `3:07`, `1:02:05`. */
export function clockOf(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const tail = two(Math.floor(seconds) % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}
