import { ActionIcon, Input } from '@mantine/core';
import Link from '@tiptap/extension-link';
import { type Editor, EditorContent, useEditor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { Bold, Italic, List, ListOrdered } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ControlProps, frameOf, shown, textOf } from '../control.ts';
import styles from './template-control.module.css';
import { VariableMenu } from './variable-menu.tsx';

/** Rich text with names from the "…" menu; loaded only by forms that have one. */
export function RichTemplateControl(props: ControlProps) {
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: false }), Link.configure({ openOnClick: false })],
    content: textOf(shown(props)),
    editorProps: { attributes: { 'aria-label': props.text.label, role: 'textbox', 'aria-multiline': 'true' } },
    onUpdate: ({ editor: changed }) => props.onChange(changed.isEmpty ? undefined : changed.getHTML()),
  });
  return (
    <Input.Wrapper {...frameOf(props)}>
      <div className={styles.rich}>
        <Tools editor={editor} />
        <EditorContent editor={editor} />
      </div>
    </Input.Wrapper>
  );
}

const tools = [
  { name: 'bold', icon: Bold, press: (editor: Editor) => editor.chain().focus().toggleBold().run() },
  { name: 'italic', icon: Italic, press: (editor: Editor) => editor.chain().focus().toggleItalic().run() },
  { name: 'bulletList', icon: List, press: (editor: Editor) => editor.chain().focus().toggleBulletList().run() },
  {
    name: 'orderedList',
    icon: ListOrdered,
    press: (editor: Editor) => editor.chain().focus().toggleOrderedList().run(),
  },
] as const;

function Tools({ editor }: { editor: Editor | null }) {
  const { t } = useTranslation('automation');
  if (editor === null) return null;
  return (
    <div className={styles.tools}>
      {tools.map(({ name, icon: Icon, press }) => (
        <ActionIcon key={name} aria-label={t(`controls.rich.${name}`)} onClick={() => press(editor)}>
          <Icon size={15} />
        </ActionIcon>
      ))}
      <VariableMenu onChoose={(path) => editor.chain().focus().insertContent(`{{ ${path} }}`).run()} />
    </div>
  );
}
