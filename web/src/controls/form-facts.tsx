import type { TextForm } from '@signalbox/automation/kit/settings/setting.ts';
import type { FieldSpec } from '@signalbox/automation/kit/values/values.ts';
import type { Language } from '@signalbox/automation/kit/words/languages.ts';
import { createContext, type ReactNode, use } from 'react';

export interface PersonOption {
  readonly id: number;
  readonly name: string;
  readonly email: string;
}

export interface ChannelOption {
  readonly id: number;
  readonly kind: string;
  /** A line with its number. */
  readonly name: string;
  readonly enabled: boolean;
}

export interface StageOption {
  readonly code: string;
  readonly name: string;
  readonly color: string;
}

/** A pipeline of any type, with its stages. */
export interface PipelineOption {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly stages: readonly StageOption[];
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** One name that a template or a condition may use. */
export interface Variable {
  /** As templates write it: `item.title`, `client.name`, `rules.chat.chatId`. */
  readonly path: string;
  readonly label: string;
  /** The heading it stands under in the menu. */
  readonly group: string;
  readonly field: FieldSpec;
}

/** A name as a sentence tells it: of others than the item with whose it is. */
export const variableInWords = ({ path, group, label }: Variable): string =>
  path.startsWith('item.') ? label : `${group}: ${label}`;

export interface PreviewItem {
  readonly id: number;
  readonly title: string;
}

export type Preview = { readonly text: string } | { readonly problem: string };

/** What it takes to say a setting or a condition in words. */
export interface WordFacts {
  readonly language: Language;
  readonly currency: string;
  /** In which moments are told; left out: the reader's own. */
  readonly timeZone?: string;
  readonly fields: readonly FieldSpec[];
  readonly people: readonly PersonOption[];
  readonly channels: readonly ChannelOption[];
  /** By what is chosen from: forms, document templates … */
  readonly references: Readonly<Record<string, readonly Option[]>>;
  readonly stages: readonly StageOption[];
  /** All of the workspace, for what leads elsewhere. */
  readonly pipelines: readonly PipelineOption[];
  /** By code: what one of each type of item is called. */
  readonly itemTypes: Readonly<Record<string, string>>;
  readonly variables: readonly Variable[];
}

/** Everything a settings form chooses from; the screen that shows the form provides it. */
export interface FormFacts extends WordFacts {
  readonly itemType: string;
  /** The one whose board it is; 0: none. */
  readonly pipeline: number;
  /** The address of the page that leads back to the form. */
  readonly address: string;
  readonly departments: readonly string[];
  readonly roles: readonly string[];
  readonly previewItem: PreviewItem | null;
  readonly findItems: (text: string) => Promise<readonly PreviewItem[]>;
  readonly choosePreviewItem: (item: PreviewItem) => void;
  readonly preview: (template: string, as: TextForm) => Promise<Preview>;
  /** Makes an address that other systems may call; its secret is shown only now. */
  readonly makeWebhookAddress: () => Promise<string>;
  /** Calls an address of ours as another system would; null when it was taken, else what was answered. */
  readonly callAddress: (url: string) => Promise<string | null>;
}

/** For forms that stand beside no item: there is little to choose from and nothing to try out. */
export const nothingToChoose = {
  ...{ address: '/', fields: [], people: [], departments: [], roles: [], channels: [], references: {}, stages: [] },
  ...{ itemType: '', pipeline: 0, pipelines: [], itemTypes: {}, variables: [], previewItem: null },
  findItems: async () => [],
  choosePreviewItem: () => {},
  preview: async () => ({ text: '' }),
  makeWebhookAddress: async () => '',
  callAddress: async () => null,
} as const satisfies Partial<FormFacts>;

/** What a setting may name: the channels of a kind, or forms, templates … */
export function optionsOf({ channels, references }: WordFacts, kind: string | null): readonly Option[] {
  const connected = channels.filter((channel) => channel.kind === kind);
  return references[kind ?? ''] ?? connected.map(({ id, name }) => ({ value: String(id), label: name }));
}

const Facts = createContext<FormFacts | null>(null);

export function FormFactsProvider({ facts, children }: { facts: FormFacts; children: ReactNode }) {
  return <Facts value={facts}>{children}</Facts>;
}

export function useFormFacts(): FormFacts {
  const facts = use(Facts);
  if (facts === null) throw new Error('a settings form stands outside FormFactsProvider');
  return facts;
}
