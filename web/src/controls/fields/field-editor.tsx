import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';
import type { Field } from '@signalbox/contract/fields.ts';
import { type FocusEvent, type KeyboardEvent, useState } from 'react';
import { ownEscape } from '../../ui/panels/side-panel.tsx';
import { FieldInput } from './field-input.tsx';
import { withoutBlank } from './several-inputs.tsx';
import type { Value } from './values.ts';

interface EditorProps {
  field: Field;
  value: Value;
  commit: (value: Value) => void;
  cancel: () => void;
  saving: boolean;
  error: string | undefined;
}

/** The editor in a field's place: what is picked is saved at once, what is typed by Enter or by leaving; Escape leaves it. */
export function FieldEditor({ field, value, commit, cancel, saving, error }: EditorProps) {
  const [draft, setDraft] = useState(value);
  const isPicked = field.kind === 'file' || (given[field.kind] === 'picked' && !takesSeveral(field));
  const done = () => commit(withoutBlank(trimmed(draft)));

  const change = (next: Value) => {
    setDraft(next);
    if (isPicked) commit(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') cancel();
    // Enter in an open list only chooses.
    const ends = event.key === 'Enter' && !event.defaultPrevented && given[field.kind] === 'typed';
    if (ends && !takesSeveral(field)) done();
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    const { currentTarget, relatedTarget } = event;
    // A list that hangs below the input, and the window that chooses a file, are no leaving.
    const stays = currentTarget.contains(relatedTarget) || currentTarget.contains(document.activeElement);
    if (stays || inDropdown(relatedTarget) || error !== undefined || event.isDefaultPrevented()) return;
    if (!isPicked) done();
    // The window that chooses a file takes the focus to nowhere.
    else if (field.kind !== 'file' || relatedTarget !== null) cancel();
  };
  const frame = {
    ...{ 'aria-labelledby': `field-${field.code}`, 'aria-label': field.name },
    ...{ size: 'xs' as const, disabled: saving, error, autoFocus: true },
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears keys and leaving from the editor inside
    <div {...ownEscape} aria-busy={saving} onKeyDown={onKeyDown} onBlur={onBlur}>
      <FieldInput field={field} value={draft} onChange={change} frame={frame} />
    </div>
  );
}

const given: Readonly<Record<FieldKind, 'picked' | 'typed'>> = {
  ...{ text: 'typed', number: 'typed', money: 'typed', date: 'typed', dateTime: 'typed' },
  ...{ link: 'typed', phone: 'typed', email: 'typed', address: 'typed' },
  ...{ yesNo: 'picked', choice: 'picked', multiChoice: 'picked' },
  ...{ person: 'picked', client: 'picked', item: 'picked', file: 'picked' },
};

const trimmed = (value: Value): Value => {
  if (typeof value !== 'string') return value;
  return value.trim() === '' ? null : value.trim();
};

const inDropdown = (element: EventTarget | null) =>
  element instanceof Element && element.closest('[role="listbox"]') !== null;
