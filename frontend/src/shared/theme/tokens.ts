/**
 * The one set of colours, for the style sheets (as CSS variables) and for the component kit. Text colours keep 4.5:1 on
 * every ground they are used on, borders of controls 3:1.
 */
export interface Tokens {
  ground: string;
  surface: string;
  raised: string;
  sunken: string;
  line: string;
  control: string;
  text: string;
  textSoft: string;
  textFaint: string;
  accent: string;
  accentStrong: string;
  accentSoft: string;
  onAccent: string;
  amber: string;
  amberSoft: string;
  red: string;
  redSoft: string;
  shadow: string;
}

export const light: Tokens = {
  ground: '#f5f3ef',
  surface: '#ffffff',
  raised: '#ffffff',
  sunken: '#faf8f5',
  line: '#e5e1d9',
  control: '#989286',
  text: '#24221e',
  textSoft: '#5c574e',
  textFaint: '#6e685d',
  accent: '#1f6b52',
  accentStrong: '#17523e',
  accentSoft: '#e4efe9',
  onAccent: '#ffffff',
  amber: '#8a5800',
  amberSoft: '#fbf0da',
  red: '#b3261e',
  redSoft: '#fbe9e7',
  shadow: '0 1px 2px rgb(60 50 30 / 6%), 0 4px 16px rgb(60 50 30 / 6%)',
};

export const dark: Tokens = {
  ground: '#161513',
  surface: '#1e1d1a',
  raised: '#282622',
  sunken: '#1a1917',
  line: '#37342f',
  control: '#7d776c',
  text: '#ece9e3',
  textSoft: '#b8b2a7',
  textFaint: '#a19b8f',
  accent: '#6cc2a1',
  accentStrong: '#8ad3b6',
  accentSoft: '#1d3a2f',
  onAccent: '#0d1f18',
  amber: '#e2b052',
  amberSoft: '#3a2f17',
  red: '#f2958b',
  redSoft: '#42231f',
  shadow: '0 1px 2px rgb(0 0 0 / 40%), 0 4px 16px rgb(0 0 0 / 30%)',
};

export const fontFamily = '"PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",system-ui,sans-serif';

export function cssVariables(tokens: Tokens): [name: string, value: string][] {
  return Object.entries(tokens).map(([name, value]) => [`--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, value]);
}
