import { MessageSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CommentForm } from './comment-form.tsx';
import type { ComposerTab } from './tab.ts';

const comment: ComposerTab = {
  name: 'comment',
  icon: MessageSquare,
  useName: () => useTranslation().t('composer.comment'),
  form: CommentForm,
  isOffered: () => true,
};

const ofChannels = import.meta.glob<ComposerTab>('./*/tab.ts', { eager: true, import: 'tab' });

/** What can be written on an item: a comment, and what the folders beside this offer, in their order. */
export const composerTabs: readonly [ComposerTab, ...ComposerTab[]] = [comment, ...Object.values(ofChannels)];
