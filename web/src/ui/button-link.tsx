import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

/** A button that leads somewhere: middle click and "copy link" work. */
export const ButtonLink = createLink(Button<'a'>);
export const TextLink = createLink(Anchor<'a'>);
