import { Textarea, TextInput } from '@mantine/core';
import type { TextForm } from '@signalbox/automation/kit/settings/setting.ts';
import { useRef } from 'react';
import { type ControlProps, frameOf, shown, type TextFrame, textOf } from '../control.ts';
import styles from './template-control.module.css';
import { TemplatePreview } from './template-preview.tsx';
import { VariableMenu } from './variable-menu.tsx';

/** One line, or several, with the "…" menu of names and a preview on an item. */
export function TemplateControl(props: ControlProps) {
  return (
    <TemplateInput
      {...frameOf(props)}
      value={textOf(shown(props))}
      onChange={props.onChange}
      lines={1}
      as={formOf(props)}
    />
  );
}

export function LongTemplateControl(props: ControlProps) {
  return (
    <TemplateInput
      {...frameOf(props)}
      value={textOf(shown(props))}
      onChange={props.onChange}
      lines={4}
      as={formOf(props)}
    />
  );
}

/** What a setting's text is put into: it asks for its template to be rendered so. */
function formOf({ setting }: ControlProps): TextForm {
  let form: TextForm = 'text';
  setting.mapTexts('', (text, as) => {
    form = as;
    return text;
  });
  return form;
}

interface TemplateInputProps extends TextFrame {
  readonly lines: number;
  readonly ariaLabel?: string;
  /** What it is put into, as the preview shows it. */
  readonly as?: TextForm;
}

export function TemplateInput({ value, onChange, lines, ariaLabel, as = 'text', ...frame }: TemplateInputProps) {
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const caret = useRef<readonly [number, number] | null>(null);
  const insert = (path: string) => {
    const box = input.current;
    const [start, end] = caret.current ?? [value.length, value.length];
    const name = `{{ ${path} }}`;
    caret.current = [start + name.length, start + name.length];
    onChange(`${value.slice(0, start)}${name}${value.slice(end)}`);
    requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(start + name.length, start + name.length);
    });
  };
  const menu = <VariableMenu onChoose={insert} />;
  const shared = {
    ref: input,
    value,
    'aria-label': ariaLabel,
    onSelect: ({ currentTarget: box }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
      caret.current = [box.selectionStart ?? 0, box.selectionEnd ?? 0];
    },
    rightSectionPointerEvents: 'all' as const,
    rightSection: menu,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return (
    <div className={styles.box}>
      {lines === 1 ? (
        <TextInput {...frame} {...shared} />
      ) : (
        <Textarea {...frame} {...shared} autosize minRows={lines} maxRows={14} classNames={{ section: styles.top }} />
      )}
      <TemplatePreview template={value} as={as} />
    </div>
  );
}
