import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { problemText } from './text/problem-text.ts';

export const sayDone = (message: string) =>
  notifications.show({ message, color: 'green', autoClose: 3500, closeButtonProps: closing() });

export function sayFailed(error: Error) {
  // Whoever gave up knows it.
  if (error.name === 'GivenUp') return;
  notifications.show({
    message: problemText(error, i18next.t),
    color: 'red',
    autoClose: 8000,
    closeButtonProps: closing(),
  });
}

const closing = () => ({ 'aria-label': i18next.t('common.close') });
