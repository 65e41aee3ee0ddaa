#!/usr/bin/env python3
"""Records commands in a terminal and writes what was seen as an animated SVG.

Usage: record.py SCRIPT OUT.svg

SCRIPT has one command a line, run by bash. A line "#! key value" sets: columns, rows, and for the next command kill (seconds until
SIGKILL to its process group) or hold (seconds that its last picture stays). Nothing is added but the prompt and the typing of the command;
times are real, waits over two seconds are shown as two.
"""
import fcntl, html, os, pty, re, select, signal, struct, subprocess, sys, termios, time

COLOURS = {30: "#6e7681", 31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#76e3ea", 37: "#e6edf3", 90: "#8b949e"}
PLAIN = "#e6edf3"
LONGEST_WAIT = 2.0
CONTROL = re.compile(r"\x1b\[([?0-9;]*)([A-Za-z])|\x1b[()][A-Z0-9]|\x1b[=>]|\x1b\][^\x07]*\x07")


class Screen:
    """As much of a terminal as our own output uses: lines, colours, moving up and wiping."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.lines, self.row, self.column = [[]], 0, 0
        self.colour, self.bold = PLAIN, False

    def write(self, text):
        at = 0
        while at < len(text):
            control = CONTROL.match(text, at)
            if control:
                self.control(control)
                at = control.end()
                continue
            self.put(text[at])
            at += 1

    def put(self, sign):
        if sign == "\r":
            self.column = 0
        elif sign == "\n":
            self.row += 1
            while len(self.lines) <= self.row:
                self.lines.append([])
        elif sign >= " ":
            if self.column >= self.columns:
                self.column = 0
                self.put("\n")
            line = self.lines[self.row]
            while len(line) <= self.column:
                line.append((" ", PLAIN, False))
            line[self.column] = (sign, self.colour, self.bold)
            self.column += 1

    def control(self, control):
        kind, numbers = control.group(2), control.group(1) or ""
        if kind is None or numbers.startswith("?"):
            return
        values = [int(n) if n else 0 for n in numbers.split(";")]
        if kind == "m":
            self.paint(values)
        elif kind == "K":
            del self.lines[self.row][self.column if values[0] == 0 else 0:]
        elif kind == "J":
            del self.lines[self.row][self.column:]
            del self.lines[self.row + 1:]
        elif kind == "A":
            self.row = max(0, self.row - max(1, values[0]))
        elif kind == "G":
            self.column = max(0, values[0] - 1)

    def paint(self, values):
        for value in values:
            if value == 0:
                self.colour, self.bold = PLAIN, False
            elif value == 1:
                self.bold = True
            elif value == 2:
                self.colour = COLOURS[90]
            elif value == 22:
                self.bold = False
            elif value == 39:
                self.colour = PLAIN
            else:
                self.colour = COLOURS.get(value, self.colour)

    def picture(self):
        return tuple(tuple(line) for line in self.lines[-self.rows:])


class Recording:
    def __init__(self, columns, rows):
        self.screen, self.frames, self.now = Screen(columns, rows), [], 0.0

    def frame(self):
        picture = self.screen.picture()
        if self.frames and self.now - self.frames[-1][0] < 0.08:
            self.frames[-1] = (self.frames[-1][0], picture)
        elif not self.frames or self.frames[-1][1] != picture:
            self.frames.append((self.now, picture))

    def type(self, command):
        self.screen.write("\x1b[32m$\x1b[0m ")
        for sign in command:
            self.screen.write(sign)
            self.now += 0.02
            self.frame()
        self.screen.write("\r\n")
        self.now += 0.3
        self.frame()

    def run(self, command, kill):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", self.screen.rows, self.screen.columns, 0, 0))
        environment = dict(os.environ, TERM="xterm-256color", COLUMNS=str(self.screen.columns), LINES=str(self.screen.rows))
        for name in ("CI", "NO_COLOR"):
            environment.pop(name, None)
        process = subprocess.Popen(["bash", "-c", command], stdin=slave, stdout=slave, stderr=slave, env=environment,
                                   preexec_fn=lambda: (os.setsid(), fcntl.ioctl(0, termios.TIOCSCTTY, 0)))
        os.close(slave)
        begun = last = time.monotonic()
        rest = b""
        while True:
            if kill and time.monotonic() - begun > kill and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            ready, _, _ = select.select([master], [], [], 0.05)
            if not ready:
                if process.poll() is not None:
                    break
                continue
            try:
                data = os.read(master, 65536)
            except OSError:
                break
            if not data:
                break
            now = time.monotonic()
            self.now += min(now - last, LONGEST_WAIT)
            last = now
            text = (rest + data).decode("utf-8", "ignore")
            rest = b""
            self.screen.write(text)
            self.frame()
        os.close(master)
        process.wait()
        if kill:
            self.screen.write("\r\n\x1b[31mKilled\x1b[0m\r\n")
            self.now += 0.2
            self.frame()


def spans(line, y):
    parts, at = [], 0
    while at < len(line):
        end = at
        while end < len(line) and line[end][1:] == line[at][1:]:
            end += 1
        text = "".join(sign for sign, _, _ in line[at:end])
        if text.strip():
            shown = html.escape(text).replace(' ', chr(160))
            weight = ' font-weight="bold"' if line[at][2] else ""
            fill = "" if line[at][1] == PLAIN else f' fill="{line[at][1]}"'
            parts.append(f'<text x="{14 + at * 7.8:.1f}" y="{y}"{fill}{weight} textLength="{len(text) * 7.8:.1f}">{shown}</text>')
        at = end
    return "".join(parts)


def svg(recording, hold):
    total = recording.now + hold
    width, height = int(recording.screen.columns * 7.8 + 28), recording.screen.rows * 17 + 50
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
           'font-family="ui-monospace,Menlo,Consolas,DejaVu Sans Mono,monospace" font-size="13" role="img">',
           '<title>A recording of a terminal</title>',
           f'<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>',
           '<circle cx="18" cy="16" r="5" fill="#ff5f57"/><circle cx="36" cy="16" r="5" fill="#febc2e"/><circle cx="54" cy="16" r="5" fill="#28c840"/>',
           f'<g fill="{PLAIN}" xml:space="preserve">']
    style, body, known = [], [], {}
    ends = [start for start, _ in recording.frames[1:]] + [total]
    # One element for each line as long as it stays the same, shown from its beginning to its end.
    shown = {}
    lines = []
    for (start, picture), end in zip(recording.frames, ends):
        now = {y: line for y, line in enumerate(picture) if any(sign != " " for sign, _, _ in line)}
        for y in list(shown):
            if now.get(y) != shown[y][0]:
                lines.append((y, *shown.pop(y), start))
        for y, line in now.items():
            if y not in shown:
                shown[y] = (line, start)
    for y, (line, start) in shown.items():
        lines.append((y, line, start, total))
    for number, (y, line, start, end) in enumerate(sorted(lines, key=lambda entry: entry[2])):
        if end - start < 0.01:
            continue
        a, b = 100 * start / total, 100 * end / total
        last = end >= total
        frames = f"0%{{opacity:0}}{a:.3f}%{{opacity:1}}" + ("" if last else f"{b:.3f}%{{opacity:0}}")
        style.append(f"@keyframes k{number}{{{frames}}}#l{number}{{animation:k{number} {total:.2f}s step-end infinite}}")
        # Without animation the last picture is seen.
        body.append(f'<g id="l{number}"{"" if last else chr(32) + chr(111) + "pacity=" + chr(34) + "0" + chr(34)}>{spans(line, 44 + y * 17)}</g>')
    out.append("<style>" + "".join(style) + "</style>")
    out.extend(body)
    out.append("</g></svg>\n")
    return "\n".join(out)


def main(script, target):
    settings = {"columns": "100", "rows": "24", "hold": "4"}
    recording = None
    for line in open(script, encoding="utf-8").read().splitlines():
        if line.startswith("#!"):
            key, value = line[2:].split(None, 1)
            settings[key] = value
        elif line.strip():
            recording = recording or Recording(int(settings["columns"]), int(settings["rows"]))
            recording.type(line)
            recording.run(line, float(settings.pop("kill", 0)))
            recording.now += float(settings.pop("pause", 1.2))
    recording.frame()
    with open(target, "w", encoding="utf-8") as file:
        file.write(svg(recording, float(settings["hold"])))
    print(f"{len(recording.frames)} pictures, {recording.now:.1f} s, {os.path.getsize(target)} bytes")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
