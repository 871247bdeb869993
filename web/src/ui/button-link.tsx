import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type ButtonAnchorProps = ButtonProps & Omit<ComponentProps<'a'>, keyof ButtonProps>;

const ButtonAnchor = (props: ButtonAnchorProps) => <Button component="a" {...props} />;

/** A button that leads somewhere: middle click and "copy link" work. */
export const ButtonLink = createLink(ButtonAnchor);
export const TextLink = createLink(Anchor<'a'>);
