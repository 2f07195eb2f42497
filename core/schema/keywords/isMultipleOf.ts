/** Exactly, as the numbers are written: 0.3 is a multiple of 0.1. */
export function isMultipleOf(number: number, divisor: number): boolean {
	if (!Number.isFinite(number) || !Number.isFinite(divisor) || divisor <= 0) return false;
	const [digits, power] = decimal(number);
	const [divisorDigits, divisorPower] = decimal(divisor);
	const shift = power - divisorPower;
	return shift >= 0
		? (digits * 10n ** BigInt(shift)) % divisorDigits === 0n
		: digits % (divisorDigits * 10n ** BigInt(-shift)) === 0n;
}

function decimal(number: number): [digits: bigint, power: number] {
	const [digits = '0', power = '0'] = String(Math.abs(number)).split('e');
	const point = digits.indexOf('.');
	const fraction = point === -1 ? 0 : digits.length - point - 1;
	return [BigInt(digits.replace('.', '')), Number(power) - fraction];
}
