/**
 * Versioned numbers of policy. A room defines its numbers with {@link defineSetting} and reads them with {@link settingInForce}; people
 * change them by two acts, proposing and confirming.
 */
export { confirmSetting } from './confirm-setting';
export { declineSetting } from './decline-setting';
export { enactSamples, type SampleSetting } from './enact-samples';
export { countProposalsToConfirm, findSettingVersionOrThrow } from './find-setting-versions';
export { proposeSetting } from './propose-setting';
export { defineSettingCheck } from './setting-checks';
export { defineSetting, type SettingDefinition } from './setting-definition';
export { type At, type InForce, settingInForce, settingReader, settingsInForce } from './setting-in-force';
export { noLimit, zSettingFen, zSettingLimit, zSettingWhole, zSettingYesNo } from './setting-values';
export { labelOfSetting, typedWords } from './setting-words';
export { settingsRoutes } from './settings.routes';
export type { SettingsNeeds } from './settings-needs';
