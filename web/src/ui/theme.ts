import { type CSSVariablesResolver, createTheme } from '@mantine/core';

const small = { defaultProps: { size: 'sm' } };

export const theme = createTheme({
  black: '#1f2630',
  primaryColor: 'indigo',
  // Mantine's own dark greys are brownish beside our canvas.
  colors: {
    dark: [
      '#e4e8ed',
      '#c3c9d1',
      '#a3abb5',
      '#8d96a1',
      '#414853',
      '#323842',
      '#252a32',
      '#1c2026',
      '#171a1f',
      '#14171b',
    ],
  },
  primaryShade: { light: 7, dark: 7 },
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  components: {
    // Its colour says the weight; a title in it can't be read on its own tint.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
    Button: small,
    TextInput: small,
    PasswordInput: small,
    Select: small,
    MultiSelect: small,
    Textarea: small,
    NumberInput: small,
    TagsInput: small,
    Switch: small,
    Checkbox: small,
    // Its hidden child is none that a menu may have.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.3 } }, styles: { title: { lineHeight: 1.35 } } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.28 } } },
    // What does not fit beside the others stands whole in a second row.
    Tabs: { styles: { tabLabel: { whiteSpace: 'nowrap' } } },
    Anchor: { defaultProps: { underline: 'hover' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
  },
});

// Mantine's own dimmed text misses AA on its canvas.
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-dimmed': '#5a6370',
    '--mantine-color-placeholder': '#6b7480',
  },
  dark: {
    '--mantine-color-error': '#ff8787',
    '--mantine-color-dimmed': '#a3abb5',
    '--mantine-color-placeholder': '#8d96a1',
  },
});
