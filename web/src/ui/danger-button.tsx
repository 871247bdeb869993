import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentProps } from 'react';

/** The button of a question about what cannot be taken back: deletes, dismisses, cancels. */
export function DangerButton(props: Omit<ButtonProps, 'color'> & Omit<ComponentProps<'button'>, keyof ButtonProps>) {
  return <Button {...props} color="red.9" />;
}
