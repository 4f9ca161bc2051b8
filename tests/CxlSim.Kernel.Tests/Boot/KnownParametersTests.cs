namespace CxlSim.Kernel.Tests;

/// <summary>What the kernel does not know goes to the first process and is named once (<c>init/main.c</c>).</summary>
public sealed class KnownParametersTests
{
    private const string Notice = "N Unknown kernel command line parameters, left to user space: ";

    [Theory]
    [InlineData("console=ttyS0 panic=-1 loglevel=6 printk.time=1 log_buf_len=8M no_hash_pointers initrd=initrd", "", "the recorded kernels name none of these")]
    [InlineData("memhp_default_state=offline memory_hotplug.memmap_on_memory=1 memmap=1G$4G efi=nosoftreserve numa=off", "", "")]
    [InlineData("cxl_core.dyndbg=+p not_a_module.option=1", "", "a module may come later")]
    [InlineData("movable-node no-hash-pointers", "", "dashes and underscores are the same")]
    [InlineData("efi_fake_mem=1G@4G:0x40000", "efi_fake_mem=1G@4G:0x40000", "removed before 6.12")]
    [InlineData("splash BOOT_IMAGE=/boot/vmlinuz quiet single", "splash single BOOT_IMAGE=/boot/vmlinuz", "words come first")]
    [InlineData("a=1 b=2 a=3", "b=2 a=3", "a setting counts once")]
    [InlineData("unheard -- of=this", "unheard", "what follows is not for the kernel")]
    [InlineData("console", "console", "it needs a value")]
    public void UnknownParameters_AreNamed(string commandLine, string expected, string why)
    {
        TableMachine machine = new TableMachine().Ram(0, (1UL << 30) - 1).Kernel(commandLine);

        LinuxKernel kernel = machine.Boot();

        machine.Log.Graded.Where(line => line.StartsWith("N Unknown", StringComparison.Ordinal)).Should().Equal(expected.Length == 0 ? [] : [$"{Notice}\"{expected}\""], why);
        machine.Log.Graded.Should().Contain($"N Kernel command line: {commandLine}");
        kernel.CommandLine.Text.Should().Be(commandLine, "nothing of it is lost");
    }
}
