package dev.alig.conformance;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packages have no dependency cycles. Maven checks the modules for cycles. */
class ArchitectureTest {
  private static final String ROOT = "dev.alig.conformance";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // The kit's tests are also on this module's class path, as a folder or as a jar.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(ROOT);

  /** A package directly under the root, with its subpackages. */
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          String name = type.getPackageName();
          if (name.equals(ROOT)) {
            return SliceIdentifier.of("root");
          }
          return name.startsWith(ROOT + ".")
              ? SliceIdentifier.of(name.substring(ROOT.length() + 1).split("\\.", -1)[0])
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "the packages under " + ROOT;
        }
      };

  @Test
  void packagesFormNoCycle() {
    assertThat(CLASSES).hasSizeGreaterThan(300);
    slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void publicTypesHaveNamesOfTheirOwn() {
    List<String> twice =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getSimpleName))
            .values()
            .stream()
            .filter(types -> types.size() > 1)
            .map(types -> types.stream().map(JavaClass::getName).sorted().toList().toString())
            .toList();
    assertThat(twice).isEmpty();
  }
}
