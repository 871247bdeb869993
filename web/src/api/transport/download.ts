import type { MouseEvent } from 'react';
import { sayFailed } from '../../ui/notify.ts';
import { checkConfirmed } from './request.ts';

/** For the click on a link to an export: the password first, if it is due. */
export function downloadConfirmed(event: MouseEvent<HTMLElement>): void {
  event.preventDefault();
  const href = event.currentTarget.getAttribute('href') ?? '';
  checkConfirmed().then(() => location.assign(href), sayFailed);
}
