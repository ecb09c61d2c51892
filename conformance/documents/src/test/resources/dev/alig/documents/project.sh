# Makes the project that pages show: project.sh PAGE_OF_POM PAGE_OF_PROGRAM FOLDER
set -eu
block() {
  awk -v start="^\`\`\`$1" '$0 ~ start && !n { n = f = 1; next } /^```/ { f = 0 } f' "$2"
}
program=$(block java "$2" | sed -n 's/^public final class \([A-Za-z]*\).*/\1/p')
mkdir -p "$3/src/main/java/com/example"
block xml "$1" >"$3/pom.xml"
block java "$2" >"$3/src/main/java/com/example/$program.java"
