package dev.pigeonhole.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.openai.Endpoint.Flavor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static Endpoint endpoint(String url) {
        return Endpoint.of(url, "", "m");
    }

    @Test
    void theAddressComesFromTheOptionThenTheEnvironmentThenIsOpenAis() {
        Map<String, String> environment = Map.of("OPENAI_BASE_URL", "https://gateway.example/v1/");
        assertThat(OpenAiSettings.of(Map.of("model", "m", "base-url", "http://localhost:1/v1"), environment)
                        .endpoint()
                        .baseUrl())
                .isEqualTo("http://localhost:1/v1");
        assertThat(OpenAiSettings.of(Map.of("model", "m"), environment)
                        .endpoint()
                        .baseUrl())
                .isEqualTo("https://gateway.example/v1");
        for (Map<String, String> empty : List.of(Map.<String, String>of(), Map.of("OPENAI_BASE_URL", " "))) {
            assertThat(OpenAiSettings.of(Map.of("model", "m"), empty).endpoint().baseUrl())
                    .isEqualTo("https://api.openai.com/v1");
        }
    }

    @Test
    void organizationAndProjectComeFromTheEnvironmentToo() {
        OpenAiSettings settings = OpenAiSettings.of(
                Map.of("model", "m", "project", "proj_2"),
                Map.of("OPENAI_ORG_ID", "org-1", "OPENAI_PROJECT_ID", "proj_1"));
        assertThat(settings.organization()).isEqualTo("org-1");
        assertThat(settings.project()).isEqualTo("proj_2");
    }

    @Test
    void serversAreToldApartByTheirNames() {
        assertThat(endpoint("https://api.openai.com/v1").flavor()).isEqualTo(Flavor.OPENAI);
        assertThat(endpoint("https://eu.api.openai.com/v1").flavor()).isEqualTo(Flavor.OPENAI);
        assertThat(endpoint("https://ME.openai.azure.com/").flavor()).isEqualTo(Flavor.AZURE);
        assertThat(endpoint("https://api.openai.com.evil.example/v1").flavor()).isEqualTo(Flavor.OTHER);
        assertThat(endpoint("https://openrouter.example/api/v1").flavor()).isEqualTo(Flavor.OTHER);
    }

    @Test
    void azuresAddressIsCompleted() {
        String azure = "https://me.openai.azure.com";
        assertThat(endpoint(azure).baseUrl()).isEqualTo(azure + "/openai/v1");
        assertThat(endpoint(azure + "/openai/").baseUrl()).isEqualTo(azure + "/openai/v1");
        assertThat(endpoint(azure + "/openai/v1").baseUrl()).isEqualTo(azure + "/openai/v1");
        assertThat(Endpoint.of(azure, "2024-10-21", "my model/x").baseUrl())
                .isEqualTo(azure + "/openai/deployments/my%20model%2Fx");
        assertThatThrownBy(() -> Endpoint.of("https://api.openai.com/v1", "2024-10-21", "m"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("azure-api-version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/v1",
                "http://127.0.0.1/v1",
                "http://127.9.9.9/v1",
                "http://[::1]:8080/v1",
                "https://192.168.1.7/v1",
                "https://example.com/v1"
            })
    void theseAddressesAreTaken(String url) {
        assertThat(endpoint(url).baseUrl()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "ftp://example.com",
                "file:///etc/passwd",
                "http://example.com/v1",
                "http://192.168.1.7/v1",
                "http://localhost.evil.example/v1",
                "http://127.0.0.1.evil.example/v1",
                "http://0.0.0.0/v1",
                "https://user@example.com/v1",
                "https://user:secret@example.com/v1",
                "https://example.com/v1?key=secret",
                "https://example.com/v1#secret",
                "https://169.254.169.254/v1",
                "http://169.254.169.254/latest",
                "https://2852039166/v1",
                "https://[fd00:ec2::254]/v1",
                "https://[fe80::1]/v1",
                "https://[::ffff:169.254.169.254]/v1",
                "https://[64:ff9b::a9fe:a9fe]/v1",
                "https://100.100.100.200/v1"
            })
    void theseAddressesAreRefused(String url) {
        assertThatThrownBy(() -> endpoint(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("base URL")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aNameThatLeadsToAForbiddenAddressIsUnknown() throws UnknownHostException {
        InetAddress metadata = InetAddress.getByName("169.254.169.254");
        InetAddress outside = InetAddress.getByName("192.0.2.1");
        InetAddress here = InetAddress.getByName("127.0.0.1");
        assertThatThrownBy(() -> new Hosts(name -> List.of(outside, metadata), false).lookup("a.example"))
                .isInstanceOf(UnknownHostException.class);
        assertThat(new Hosts(name -> List.of(outside), false).lookup("a.example"))
                .containsExactly(outside);
        assertThatThrownBy(() -> new Hosts(name -> List.of(here, outside), true).lookup("localhost"))
                .isInstanceOf(UnknownHostException.class);
        assertThat(new Hosts(name -> List.of(here), true).lookup("localhost")).containsExactly(here);
    }

    @Test
    void wrongOptionsAreRefused() {
        assertThatThrownBy(() -> OpenAiSettings.of(Map.of(), Map.of())).hasMessageContaining("no model is named");
        for (String[] wrong : new String[][] {
            {"model", "two words"},
            {"model", "gpt-5\r\nX-Evil: 1"},
            {"temperature", "hot"},
            {"temperature", "NaN"},
            {"temperature", "3"},
            {"reasoning", "a lot"},
            {"organization", "org\n1"},
            {"project", "x".repeat(300)},
            {"proxy", "proxy.example:8080"},
            {"proxy", "http://user:secret@proxy.example:8080"},
            {"proxy", "http://proxy.example:99999"},
            {"proxy", "socks5://proxy.example:1080"},
            {"key-file", "a\u0000b"}
        }) {
            assertThatThrownBy(() -> Calls.settings("https://example.com/v1", wrong))
                    .as(wrong[0] + "=" + wrong[1])
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(wrong[0])
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void proxiesAreRead() {
        assertThat(Calls.settings("https://example.com/v1", "proxy", "http://proxy.example:8080/")
                        .proxy())
                .contains(new OpenAiSettings.HostPort("proxy.example", 8080));
        assertThat(Calls.settings("https://example.com/v1", "proxy", "http://[::1]:8080")
                        .proxy())
                .contains(new OpenAiSettings.HostPort("::1", 8080));
    }
}
