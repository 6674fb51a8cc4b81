// TAP lines: report(good, name, details) prints one; finish() the plan.
let count = 0, failed = 0;

export function report(good, name, details = []) {
	count++;
	failed += good ? 0 : 1;
	console.log(`${good ? "ok" : "not ok"} ${count} - ${name}`);
	if (!good)
		for (const line of details.flatMap((detail) => String(detail).split("\n")).slice(0, 40))
			console.log(`# ${line}`);
}

export function finish() {
	console.log(`1..${count}`);
	process.exit(failed ? 1 : 0);
}
