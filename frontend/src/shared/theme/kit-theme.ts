import { theme, type ThemeConfig } from 'antd';
import { fontFamily, type Tokens } from './tokens';

/** The component kit's theme from our tokens. */
export function kitTheme(tokens: Tokens, isDark: boolean): ThemeConfig {
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily,
      fontSize: 14,
      borderRadius: 8,
      colorPrimary: tokens.accent,
      colorPrimaryHover: tokens.accentStrong,
      colorPrimaryActive: tokens.accentStrong,
      colorPrimaryBg: tokens.accentSoft,
      colorLink: tokens.accent,
      colorLinkHover: tokens.accentStrong,
      colorLinkActive: tokens.accentStrong,
      colorText: tokens.text,
      colorTextSecondary: tokens.textSoft,
      colorTextTertiary: tokens.textFaint,
      colorTextDescription: tokens.textFaint,
      colorTextPlaceholder: tokens.textFaint,
      colorBgLayout: tokens.ground,
      colorBgContainer: tokens.surface,
      colorBgElevated: tokens.raised,
      colorBorder: tokens.control,
      colorBorderSecondary: tokens.line,
      colorSplit: tokens.line,
      colorError: tokens.red,
      colorWarning: tokens.amber,
      colorSuccess: tokens.accent,
      colorInfo: tokens.accent,
      boxShadowSecondary: tokens.shadow,
      controlHeight: 36,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.14s',
    },
    components: {
      Button: { primaryColor: tokens.onAccent, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Tabs: { horizontalItemGutter: 20 },
    },
  };
}
