using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>What a device's mailbox keeps, through the real cxl: waiting for a sanitize, uploads, health, alerts, partitions, events.</summary>
public class MemdevStateTests(ITestOutputHelper output)
{
    /// <summary>Numbers of memdevs and dimms go by the order of probing, serial numbers do not.</summary>
    private const string Names = """
        of() { local found; found=$(grep -l "^$1$" $2); echo "${found%$3}"; }
        modern=$(basename "$(of 0xabc0 '/sys/bus/cxl/devices/mem*/serial' /serial)")
        protected=$(of 0xabc1 '/sys/bus/cxl/devices/mem*/serial' /serial)
        dimm=$(of 43969 '/sys/bus/nd/devices/nmem*/cxl/id' /cxl/id)

        """;

    [Fact]
    public void Wait_sanitize_waits()
    {
        Check("""
            state=/sys/bus/cxl/devices/$modern/security/state
            start=${EPOCHREALTIME/./}
            echo 1 > ${state%state}sanitize; cat $state
            timeout 20 cxl wait-sanitize $modern 2> /dev/null; echo $?; cat $state
            end=${EPOCHREALTIME/./}
            [ $((end - start)) -gt 2000000 ] && echo it took its time
            """, "sanitize\n0\ndisabled\nit took its time\n");
    }

    [Fact]
    public void Firmware_is_uploaded_and_staged() => Check("""
        head -c 200000 /dev/zero > /tmp/cxlsim-image
        cxl update-firmware -F /tmp/cxlsim-image --wait $modern > /dev/null 2>&1; echo $?
        rm /tmp/cxlsim-image
        cxl list -m $modern -F | jq -c '.[0].firmware | [.active_slot, .staged_slot, .slot_2_version, .fw_update_in_progress]'
        """, "0\n[1,2,\"BWFW VERSION 1\",false]\n");

    [Fact]
    public void Health_alerts_and_partitions_are_told_and_set() => Check("""
        cxl list -m $modern -H | jq -c '.[0].health | [.maintenance_needed, .life_used_percent, .temperature, .dirty_shutdowns]'
        cxl set-alert-config $modern -L 30 --life-used-alert=on > /dev/null 2>&1; echo $?
        cxl list -m $modern -A | jq -c '.[0].alert_config | [.life_used_prog_warn_threshold_valid, .life_used_prog_warn_threshold]'
        cxl set-partition -t ram -s 256M $modern > /dev/null 2>&1; echo $?
        cxl list -m $modern -I | jq -c '.[0].partition_info | [.active_volatile_size, .next_volatile_size]'
        """, "[true,15,24,10]\n0\n[true,30]\n0\n[536870912,268435456]\n");

    [Fact]
    public void Monitor_sees_events() => Check("""
        timeout 30 cxl monitor -l /tmp/cxlsim-events 2> /dev/null &
        exec 3<> /dev/ttyS1
        until [ -s /tmp/cxlsim-events ] || ! kill -0 $! 2> /dev/null; do
            echo 'QMP {"execute":"cxl-inject-dram-event","arguments":{"path":"modern","log":"warning","flags":1,"dpa":4096,"descriptor":3,"type":1,"transaction-type":192,"channel":3}}' >&3
            read -r answer <&3; sleep 0.5
        done
        echo "$answer"; kill $!; wait
        jq -c --arg modern "$modern" '[.event, .memdev == $modern, .log, .dpa, .channel]' /tmp/cxlsim-events | head -n 1; rm /tmp/cxlsim-events
        """, "{\"return\": {}}\n[\"cxl_dram\",true,1,4096,3]\n");

    [Fact]
    public void A_locked_device_says_so() => Check("""
        cat $protected/security/state
        echo freeze > $dimm/security
        cat $protected/security/state $dimm/frozen
        (echo 1 > $protected/security/sanitize) 2>&1 | grep -o 'Invalid argument'
        """, "locked\nfrozen\n1\nInvalid argument\n");

    private void Check(string script, string expected)
    {
        if (WindowFixture.HasTools(output))
        {
            ProgramResult result = WindowFixture.Tools("memdev-state", Names + script);
            result.Error.Should().BeEmpty();
            result.Output.Should().Be(expected);
        }
    }
}
