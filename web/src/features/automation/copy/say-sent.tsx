import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const SHOWN_MS = 12_000;

interface Sent {
  readonly message: string;
  readonly open: string;
  readonly close: string;
  readonly onOpen: () => void;
}

/** Cards lie on another board's draft: the way there. */
export function saySent({ message, open, close, onOpen }: Sent): void {
  const id = notifications.show({
    autoClose: SHOWN_MS,
    color: 'green',
    closeButtonProps: { 'aria-label': close },
    message: (
      <Group justify="space-between" gap="xs">
        {message}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            onOpen();
          }}
        >
          {open}
        </Button>
      </Group>
    ),
  });
}
