package dev.pigeonhole.web.page;

import java.util.stream.DoubleStream;

/** A colour in linear light, each part from 0 to 1. */
record Rgb(double red, double green, double blue) {
    static Rgb hex(String text) {
        return new Rgb(linear(text, 1), linear(text, 3), linear(text, 5));
    }

    private static double linear(String text, int at) {
        double part = Integer.parseInt(text.substring(at, at + 2), 16) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private double luminance() {
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }

    /** Contrast as WCAG 2 counts it: from 1 to 21. */
    double contrast(Rgb other) {
        double lighter = Math.max(luminance(), other.luminance());
        double darker = Math.min(luminance(), other.luminance());
        return (lighter + 0.05) / (darker + 0.05);
    }

    /** As somebody sees it whose eyes turn colours by this matrix, row by row. */
    Rgb seenBy(double... matrix) {
        return new Rgb(seen(matrix, 0), seen(matrix, 3), seen(matrix, 6));
    }

    private double seen(double[] matrix, int from) {
        double sum = matrix[from] * red + matrix[from + 1] * green + matrix[from + 2] * blue;
        return Math.min(1, Math.max(0, sum));
    }

    /** In CIE L*a*b*, white point D65. */
    Lab lab() {
        double x = toned((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
        double y = toned(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
        double z = toned((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883);
        return new Lab(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double toned(double part) {
        return part > 216.0 / 24389 ? Math.cbrt(part) : (24389.0 / 27 * part + 16) / 116;
    }

    /** A colour by lightness and two opponent axes. */
    record Lab(double lightness, double a, double b) {
        /** How different the two look: CIEDE2000. */
        double differenceTo(Lab other) {
            double meanChroma = (Math.hypot(a, b) + Math.hypot(other.a, other.b)) / 2;
            double stretch = 1.5 - 0.5 * share(meanChroma);
            return new Pair(this, other, stretch).difference();
        }

        static double share(double chroma) {
            double seventh = Math.pow(chroma, 7);
            return Math.sqrt(seventh / (seventh + Math.pow(25, 7)));
        }
    }

    /** Two colours and the factor by which their first axis is stretched. */
    private record Pair(Lab one, Lab two, double stretch) {
        double difference() {
            double light = (two.lightness - one.lightness) / lightWeight();
            double chroma = (chroma(two) - chroma(one)) / (1 + 0.045 * meanChroma());
            double hue = hueDifference() / (1 + 0.015 * meanChroma() * hueWeight());
            double turn = Math.toRadians(60 * Math.exp(-Math.pow((meanHue() - 275) / 25, 2)));
            double rotation = -Math.sin(turn) * 2 * Lab.share(meanChroma());
            return Math.sqrt(DoubleStream.of(light * light, chroma * chroma, hue * hue, rotation * chroma * hue)
                    .sum());
        }

        private double chroma(Lab lab) {
            return Math.hypot(lab.a * stretch, lab.b);
        }

        private double meanChroma() {
            return (chroma(one) + chroma(two)) / 2;
        }

        private double hue(Lab lab) {
            double degrees = Math.toDegrees(Math.atan2(lab.b, lab.a * stretch));
            return degrees < 0 ? degrees + 360 : degrees;
        }

        /** From -180 to 180 degrees. */
        private double turn() {
            double turn = hue(two) - hue(one);
            return turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
        }

        private double hueDifference() {
            return 2 * Math.sqrt(chroma(one) * chroma(two)) * Math.sin(Math.toRadians(turn() / 2));
        }

        private double meanHue() {
            double mean = hue(one) + turn() / 2;
            return mean < 0 ? mean + 360 : mean >= 360 ? mean - 360 : mean;
        }

        private double hueWeight() {
            return 1
                    - 0.17 * cos(meanHue() - 30)
                    + 0.24 * cos(2 * meanHue())
                    + 0.32 * cos(3 * meanHue() + 6)
                    - 0.20 * cos(4 * meanHue() - 63);
        }

        private double lightWeight() {
            double off = Math.pow((one.lightness + two.lightness) / 2 - 50, 2);
            return 1 + 0.015 * off / Math.sqrt(20 + off);
        }

        private static double cos(double degrees) {
            return Math.cos(Math.toRadians(degrees));
        }
    }
}
