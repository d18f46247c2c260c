import {
  type CSSVariablesResolver,
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
} from '@mantine/core';

/** The one accent. None of the states uses it. */
const accent: MantineColorsTuple = [
  '#eefbf8',
  '#d6f3ed',
  '#aee6db',
  '#7fd6c7',
  '#4fc4b2',
  '#2aa897',
  '#138a7b',
  '#0f766e',
  '#0c5f59',
  '#0a4a46',
];

/** Mantine's greys of the dark theme, set to the tokens of `tokens.css`. */
const dark: MantineColorsTuple = [
  '#e8e9eb',
  '#a7adb6',
  '#8f959e',
  '#646a73',
  '#41454d',
  '#292c31',
  '#1d1f23',
  '#17181b',
  '#101113',
  '#0b0c0d',
];

export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: 'accent',
  // White on it holds 5.4 : 1 in both themes.
  primaryShade: 7,
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: '4px',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: false } },
  },
});

/** Mantine's own parts take their colours from the tokens, so that there is one set. */
export const cssVariables: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--lw-surface)',
    '--mantine-color-text': 'var(--lw-text)',
    '--mantine-color-dimmed': 'var(--lw-muted)',
    '--mantine-color-placeholder': 'var(--lw-muted)',
    '--mantine-color-default': 'var(--lw-surface)',
    '--mantine-color-default-hover': 'var(--lw-hover)',
    '--mantine-color-default-border': 'var(--lw-line-strong)',
    '--mantine-color-default-color': 'var(--lw-text)',
    '--mantine-color-error': 'var(--lw-red)',
    '--mantine-color-anchor': 'var(--lw-accent)',
  };
  return { variables: {}, light: tokens, dark: tokens };
};

/** Under the key that `public/color-scheme.js` reads before the first paint. */
export const colorSchemes = localStorageColorSchemeManager({ key: 'leeway-color-scheme' });
