/** Scrolls to a field of the form and puts the cursor there; `settings.links[0]` leads to `settings.links`. */
export function focusField(form: HTMLElement | null, field: string): void {
  const part = [...(form?.querySelectorAll<HTMLElement>('[data-field]') ?? [])].find(({ dataset }) =>
    isInside(field, dataset.field ?? ''),
  );
  part?.scrollIntoView({ block: 'center' });
  part?.querySelector<HTMLElement>('input:not([type="hidden"]), textarea, [contenteditable="true"], button')?.focus();
}

const isInside = (field: string, part: string) =>
  field === part || field.startsWith(`${part}.`) || field.startsWith(`${part}[`);
