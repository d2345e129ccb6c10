// What ical.js reads of a calendar: {events, hours, ordered}.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
process.stdout.write(
  JSON.stringify({
    events: events.length,
    hours: events.filter((one) => !one.startDate.isDate).length,
    ordered: events.filter((one) => one.startDate.compare(one.endDate) <= 0).length,
  }),
);
