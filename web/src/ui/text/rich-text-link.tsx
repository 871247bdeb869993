import { ActionIcon, Button, Group, Popover, TextInput } from '@mantine/core';
import type { Editor } from '@tiptap/react';
import { Link2 } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Makes the selected text a link; without a selection the address itself is put in. */
export function LinkButton({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState<string | null>(null);
  const open = () => setAddress(String(editor.getAttributes('link').href ?? ''));

  const apply = () => {
    const href = withScheme(address?.trim() ?? '');
    setAddress(null);
    const chain = editor.chain().focus().extendMarkRange('link');
    if (href === '') return chain.unsetLink().run();
    if (!editor.state.selection.empty || editor.isActive('link')) return chain.setLink({ href }).run();
    return chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run();
  };
  // The popover stands inside the letter's form, which Enter would send.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    apply();
  };

  return (
    <Popover opened={address !== null} onChange={() => setAddress(null)} trapFocus withArrow shadow="md">
      <Popover.Target>
        <ActionIcon size="sm" aria-label={t('richText.link')} onClick={open}>
          <Link2 size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Group gap="xs">
          <TextInput
            aria-label={t('richText.address')}
            placeholder="https://"
            value={address ?? ''}
            onChange={(event) => setAddress(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <Button size="sm" onClick={apply}>
            {t('common.save')}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}

const withScheme = (address: string) =>
  address === '' || /^(https?:|mailto:|tel:)/i.test(address) ? address : `https://${address}`;
