import type { KeptFacts } from './audit-event.model';

/** Stands where a personal value was: the audit says that it changed, not what it is. */
const personalMark = '＊＊＊';

// By the field's own word, so that `headName`, `phoneSealed` and `bankAccount` are caught as well.
const personalWords =
  /^(?:name|mobile|phone|email|address|password|pin|secret|birth|born|health|illness|diagnosis)(?:Sealed)?$|(?:Name|Mobile|Phone|Email|Address|Password|Pin|Secret)(?:Sealed)?$|^(?:idNumber|residentId|bankAccount|cardNumber)/;
// An ID (15 or 18), a bank card (16 to 19) or a mobile number (11 from 1) inside any other text; a village has 12 digits and stays.
const longNumber = /(?<![\w-])(?:1\d{10}|\d{17}[Xx]|\d{15,19})(?!\w)/g;

/** The facts with every personal value replaced by a mark, by the name of its field or by what it looks like. */
export function withoutPersonalData(facts: KeptFacts): KeptFacts {
  return Object.fromEntries(
    Object.entries(facts).map(([field, value]) => [field, personalWords.test(field) ? personalMark : withoutLongNumbers(value)]),
  );
}

/** Free text of a person, such as a reason, without numbers that may be somebody's. */
export function withoutLongNumbers<Value extends string | number>(value: Value): Value | string {
  return typeof value === 'string' ? value.replace(longNumber, personalMark) : value;
}
