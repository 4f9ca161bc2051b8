using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>/dev/daxN.Y is memory: what is stored there is in the devices' media, where the committed decoders lead.</summary>
public class DaxMemoryTests(ITestOutputHelper output)
{
    private const string ToDevdax = """
        cd /sys/bus/dax/drivers
        echo dax0.0 > device_dax/new_id
        for block in /sys/devices/system/node/node1/memory*; do echo offline > $block/state; done
        echo dax0.0 > kmem/unbind
        echo dax0.0 > device_dax/bind

        """;

    [Fact]
    public void WhatIsStored_IsInTheMedia()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Shell("qemu-single", ToDevdax + """
            head -c 3000000 /dev/urandom > /tmp/cxlsim-stored
            dd if=/tmp/cxlsim-stored of=/dev/dax0.0 bs=1M seek=5 conv=notrunc,fsync 2> /dev/null
            dd if=/dev/dax0.0 bs=1M skip=5 count=3 2> /dev/null | head -c 3000000 | cmp - /tmp/cxlsim-stored && echo read back
            dd if=$(echo /dev/media/*) bs=1M skip=5 count=3 2> /dev/null | head -c 3000000 | cmp - /tmp/cxlsim-stored && echo in the media
            stat -c %s /dev/dax0.0 /dev/media/*
            exec 3<> /dev/ttyS1; echo ZERO >&3; read -r answer <&3; echo $answer
            head -c 6000000 /dev/dax0.0 | tr -d '\0' | wc -c
            rm /tmp/cxlsim-stored
            """, "--steps");

        result.Output.Should().Be("read back\nin the media\n536870912\n1073741824\nok\n0\n", result.Error);
    }

    /// <summary>Media that are opened show what was stored into a mapping before, without anybody having said that it is to be written.</summary>
    [Fact]
    public void WhatIsStoredIntoAMapping_IsInTheMedia()
    {
        if (WindowFixture.IsOpen(output))
        {
            const string program = "import mmap,os,glob;m=mmap.mmap(os.open('/dev/dax0.0',os.O_RDWR),2<<20);m[4096:4100]=b'abcd';f=open(glob.glob('/dev/media/*')[0],'rb');f.seek(4096);print(f.read(4).decode())";
            WindowFixture.Shell("qemu-single", $"{ToDevdax}python3 -c \"{program}\"", "--steps").Output.Should().Be("abcd\n");
        }
    }

    [Fact]
    public void ADeviceThatKmemHas_CannotBeOpened()
    {
        if (WindowFixture.IsOpen(output))
        {
            WindowFixture.Shell("qemu-single", "head -c 1 /dev/dax0.0", "--steps").Error.Should().Contain("No such device or address");
        }
    }

    /// <summary>The driver is gone, the descriptor is not: reads fail instead of giving what the page cache kept.</summary>
    [Fact]
    public void MemoryThatIsTakenAway_IsGoneForWhoHasItOpen()
    {
        if (!WindowFixture.IsOpen(output))
        {
            return;
        }

        ProgramResult result = WindowFixture.Shell("qemu-single", ToDevdax + """
            exec 3< /dev/dax0.0
            head -c 4096 <&3 | wc -c
            echo dax0.0 > device_dax/unbind
            head -c 4096 <&3
            """, "--steps");

        result.Output.Should().Be("4096\n");
        result.Error.Should().Contain("Input/output error");
    }
}
