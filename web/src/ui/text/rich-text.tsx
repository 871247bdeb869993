import { ActionIcon, Group } from '@mantine/core';
import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { Bold, Italic, List, ListOrdered, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './rich-text.module.css';
import { LinkButton } from './rich-text-link.tsx';

interface RichTextProps {
  label: string;
  html: string;
  change: (html: string) => void;
}

const extensions = [StarterKit.configure({ heading: false, codeBlock: false, link: { openOnClick: false } })];

/** A text with bold, lists and links; empty text is the empty string. */
export function RichText({ label, html, change }: RichTextProps) {
  const editor = useEditor({
    extensions,
    content: html,
    editorProps: {
      attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true', class: styles.text ?? '' },
    },
    onUpdate: ({ editor: changed }) => change(changed.isEmpty ? '' : changed.getHTML()),
  });
  return (
    <div className={styles.frame}>
      {editor && <Toolbar editor={editor} />}
      <EditorContent editor={editor} />
    </div>
  );
}

interface Tool {
  name: 'bold' | 'italic' | 'bulletList' | 'orderedList';
  icon: LucideIcon;
  use: (editor: Editor) => void;
}

const tools: readonly Tool[] = [
  { name: 'bold', icon: Bold, use: (editor) => editor.chain().focus().toggleBold().run() },
  { name: 'italic', icon: Italic, use: (editor) => editor.chain().focus().toggleItalic().run() },
  { name: 'bulletList', icon: List, use: (editor) => editor.chain().focus().toggleBulletList().run() },
  { name: 'orderedList', icon: ListOrdered, use: (editor) => editor.chain().focus().toggleOrderedList().run() },
];

function Toolbar({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const active = useEditorState({
    editor,
    selector: ({ editor: current }) => tools.map(({ name }) => current.isActive(name)),
  });
  return (
    <Group gap={2} className={styles.tools} role="toolbar" aria-label={t('richText.tools')}>
      {tools.map(({ name, icon: Icon, use }, index) => (
        <ActionIcon
          key={name}
          size="sm"
          variant={active[index] ? 'light' : 'subtle'}
          aria-pressed={active[index]}
          aria-label={t(`richText.${name}`)}
          onClick={() => use(editor)}
        >
          <Icon size={15} />
        </ActionIcon>
      ))}
      <LinkButton editor={editor} />
    </Group>
  );
}
