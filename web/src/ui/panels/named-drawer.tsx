import { Drawer, type DrawerRootProps } from '@mantine/core';

type NamedDrawerProps = Omit<DrawerRootProps, 'position' | 'padding'> & { label: string };

/** A drawer from the right without a header; Mantine's own puts the name beside the dialog instead of on it. */
export function NamedDrawer({ label, children, ...root }: NamedDrawerProps) {
  return (
    <Drawer.Root position="right" padding={0} {...root}>
      <Drawer.Overlay backgroundOpacity={0.28} />
      <Drawer.Content aria-label={label}>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
