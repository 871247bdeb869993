import { Mail } from 'lucide-react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComposerTab } from '../tab.ts';

// The rich text editor is heavy and rarely the first thing needed.
const EmailForm = lazy(() => import('./email-form.tsx').then((module) => ({ default: module.EmailForm })));

export const tab: ComposerTab = {
  name: 'email',
  icon: Mail,
  useName: () => useTranslation().t('common.email'),
  form: EmailForm,
  isOffered: () => true,
};
