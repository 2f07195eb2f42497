/** Words that say that what follows them, or stands in them, is not the answer. */
const OTHERS =
	'wrong|incorrect|invalid|errors?|exceptions?|failures?|failed|warnings?|previous|previously|prior|earlier|before|old|older|outdated|obsolete|deprecated|superseded|original|draft|drafts|rough|attempt|attempts|example|examples|template|placeholder|dummy|fake|mock|hypothetical|schema|expected|rejected|discarded|ignored|removed|deleted|excluded|missing|unverified|guess|alternative|alternatives|alternate|not|none|never|falsch|fehler|ungültig|beispiel|vorher|vorherige|alte|entwurf|verworfen|faux|incorrecte|erreur|exemple|ancien|ancienne|brouillon|avant|incorrecto|ejemplo|anterior|borrador|antes|errore|sbagliato|esempio|precedente|bozza|erro|errado|exemplo|rascunho|fout|voorbeeld|vorige|ошибка|пример|черновик|неверно|错误|錯誤|示例|草稿|例|誤り|下書き|오류|예시|초안';
const KEY_WORD = new RegExp(`^(?:${OTHERS})$`, 'u');

const IN_EVERY_OBJECT = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether the name of a wrapper says that what it holds is not the answer: `previous_result`, `notFound`. */
export function isNoAnswer(key: string): boolean {
	if (IN_EVERY_OBJECT.has(key)) return true;
	const words = key
		.replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ')
		.toLowerCase()
		.split(/[^\p{L}]+/u);
	return words.some((word) => KEY_WORD.test(word));
}

/** At the head of a sentence: "For example:", "The previous answer was", "Wrong:". */
const LABEL =
	/^[^\p{L}\p{N}]*(?:(?:here(?:'s| is| was)|this (?:is|was)|the|an?|my|your|with|eine?|das|die|der|un|une|el|la|un[ao]?|il|um[ao]?|een) )*(?:for example|e\.g|for instance|wrong|incorrect|invalid|previous(?:ly)?|prior|old|outdated|original(?:ly)?|(?:first |rough |initial )?(?:drafts?|attempt|guess)|at first|initially|i (?:first|initially|originally)|examples?|hypothetical|instead of|rather than|not this|do not|don't|z\. ?b|zum beispiel|falsch|beispiel|vorher|bisher|entwurf|par exemple|exemple|faux|ancien|brouillon|por ejemplo|ejemplo|incorrecto|anterior|borrador|per esempio|esempio|sbagliato|bozza|por exemplo|exemplo|errado|rascunho|bijvoorbeeld|voorbeeld|fout|например|пример|неверно|черновик)(?!\p{L})|^[^\p{L}]*(?:例如|示例|草稿|错误|たとえば|例えば|例|下書き|誤り|예를 들어|예시|초안)/iu;

/** Whether the sentence before a JSON value says that it is an example, a draft or what was wrong. */
export function isLabelledOther(line: string): boolean {
	const sentence = line.split(/(?<=[.!?。！？])\s+/).at(-1) ?? '';
	return sentence.length <= 160 && LABEL.test(sentence);
}

const CORRECTION =
	/^[^\p{L}]*(?:(?:one|small|a|note|edit) )*(?:corrections?|corrected|corrig(?:endum|enda)|errat(?:um|a)|actually|scratch that|on second thought|oops|wait|sorry|update|edit|korrektur|berichtigung|rectification|correction|corrección|correzione|correção|correctie|исправление|поправка|[更訂订]正|정정|수정)(?!\p{L})|(?<!\p{L})(?:i made (?:a|an) (?:mistake|error)|my mistake|(?:that|this|it|which|above) (?:is|was) (?:wrong|incorrect|a mistake)|(?:is|was) (?:wrong|incorrect)|(?:should (?:be|read|have been|say)|devrait être|debería ser|dovrebbe essere|deveria ser|должн[оа] быть|correct (?:value|total|number|amount|date|name) is) ["'“‘«$€£]?[-\p{L}]{0,12} ?["'“]?\d|["'”\d] instead of|sollte ["'“„]?[\d\p{L}.,]+["'”“]? (?:sein|heißen|lauten)|ist falsch|est incorrect|es incorrecto)|正しくは|应[为該该]|應為/iu;

/** Whether a line behind a JSON value takes something of it back. */
export function correctsIt(line: string): boolean {
	return CORRECTION.test(line);
}

const DOUBTED =
	/(?<!\p{L})(?:wrong|incorrect|not correct|should (?:be|read|have been)|actually|placeholder|dummy|made[ -]up|fixme|to be (?:filled|determined|confirmed)|tbd|falsch|sollte|faux|devrait|incorrecto|debería|sbagliato|dovrebbe|errado|deveria|неверно|должн[оа] быть)(?!\p{L})|错误|誤り|틀림/iu;

/** Whether a comment in JSON says that the value beside it is not right. */
export function doubtsIt(comment: string): boolean {
	return DOUBTED.test(comment);
}
