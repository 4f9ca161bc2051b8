namespace CxlSim.Kernel;

/// <summary>Parameters that the kernel itself knows; all others are for the first process (<c>unknown_bootoption</c> in <c>init/main.c</c>).</summary>
/// <remarks>The names are those that Debian's 6.12 has built in for x86-64 (sections <c>.init.setup</c> and <c>__param</c> of its image).</remarks>
public static class KnownParameters
{
    /// <summary>With a value or without.</summary>
    private static readonly HashSet<string> Names = [.. string.Concat(
        "accept_memory acpi acpi_apic_instance acpi_force_32bit_fadt_addr acpi_force_table_verification acpi_irq_balance acpi_irq_nobalance ",
        "acpi_no_auto_serialize acpi_no_memhotplug acpi_no_static_ssdt acpi_no_watchdog acpi_pm_good acpi_rev_override acpi_rsdp acpi_sci ",
        "acpi_skip_timer_override acpi_use_timer_override acpica_no_return_repair add_efi_memmap alloc_mptable alloc_snapshot amd_iommu_dump amd_prefcore ",
        "amd_pstate apic apic_extnmi apicpmtimer bert_disable bgrt_disable boot_delay bootconfig cgroup_debug clk_ignore_unused coherent_pool consoleblank ",
        "cpu_init_udelay crash_kexec_post_notifiers crashkernel debug debug_alternative debug_boot_weak_hash debug_callthunks debugfs debugpat delayacct ",
        "disable_mtrr_cleanup disable_mtrr_trim disable_timer_pin_1 disableapic dump_apple_properties early_ioremap_debug early_page_ext earlycon earlyprintk ",
        "efi efi_no_storage_paranoia elfcorehdr enable_mtrr_cleanup erst_disable ftrace_boot_snapshot ftrace_dump_on_oops fw_devlink gart_fix_e820 ",
        "gather_data_sampling gbpages gpt hardlockup_all_cpu_backtrace hest_disable hostname hugetlb_free_vmemmap hung_task_panic hv_nopvspin ia32_emulation ",
        "idle ignore_loglevel ignore_rlimit_data ima_appraise ima_appraise_tcb ima_canonical_fmt ima_tcb indirect_target_selection init_on_alloc init_on_free ",
        "initcall_debug initrd initrdmem int_pln_enable intel_pstate intremap io_delay iommu ipcmni_extend irqfixup irqpoll ivrs_acpihid ivrs_hpet ivrs_ioapic ",
        "keep_bootcon kernelcore l1d_flush l1tf lapic lapic_timer_c2_ok lockdown log_buf_len loglevel maxcpus mce mds mem memblock memmap memtest mitigations ",
        "mminit_loglevel mmio_stale_data module_blacklist movable_node movablecore mtrr mtrr_chunk_size mtrr_gran_size mtrr_spare_reg_nr no_console_suspend ",
        "no_file_caps no_hash_pointers no_kvmapf no_kvmclock no_kvmclock_vsyscall no_scroll no_steal_acc no_timer_check no_vmw_sched_clock noapic noapictimer ",
        "noautogroup noefi nofsgsbase nogbpages nohibernate nohpet nohugeiomap nohugevmalloc noinitrd nointremap noinvpcid noirqdebug nolapic nolapic_timer ",
        "nomce nomodeset nomodule nonmi_ipi nopat nopcid nopku nopti nopv nopvspin norandmaps noreplace_smp noresume nosgx nosmp nosmt nosoftlockup ",
        "nospectre_v1 notsc nowatchdog nox2apic nr_cpus numa numa_zonelist_order oops page_poison panic panic_on_taint panic_on_warn panic_print pause_on_oops ",
        "pci pd_ignore_unused percpu_alloc pm_debug_messages possible_cpus pti quiet randomize_kstack_offset ras rcu_nocb_poll rcu_nocbs rdrand rdt ",
        "reg_file_data_sampling regulator_ignore_unused reset_devices resumewait retain_initrd retbleed ro rodata rootwait rw sched_verbose skew_tick ",
        "slab_debug slab_merge slab_nomerge slub_debug slub_merge slub_nomerge softlockup_all_cpu_backtrace spec_rstack_overflow spectre_bhi srbds ",
        "stack_depot_disable stacktrace strict_sas_size swiotlb sysrq_always_enabled thread_backlog_napi threadirqs tp_printk tp_printk_stop_on_boot ",
        "traceoff_on_warning tsa tsc_early_khz tsx_async_abort unknown_nmi_panic unwind_debug update_mptable userpte vmscape vsyscall x2apic_phys ",
        "xen_emul_unplug xen_legacy_crash xen_mc_debug xen_msr_safe xen_no_vector_callback xen_nopv xen_scrub_pages xen_timer_slop").Split(' ')];

    /// <summary>Only with a value.</summary>
    private static readonly HashSet<string> Settings = [.. string.Concat(
        "TOMOYO_loader TOMOYO_trigger acpi_backlight acpi_enforce_resources acpi_irq_isa acpi_irq_pci acpi_mask_gpe acpi_os_name acpi_osi acpi_sleep agp ",
        "align_va_addr amd_iommu amd_iommu_intr apparmor audit audit_backlog_limit bdev_allow_write_mounted ca_keys cgroup_disable cgroup_favordynmods ",
        "cgroup_no_v1 checkreqprot clearcpuid clock clocksource console console_msg_format coredump_filter default_hugepagesz deferred_probe_timeout ",
        "dhash_entries driver_async_probe dyndbg efivar_ssdt elevator enforcing evm fb_tunnels fbcon fips ftrace ftrace_filter ftrace_graph_filter ",
        "ftrace_graph_max_depth ftrace_graph_notrace ftrace_notrace hardened_usercopy hashdist hibernate highres hpet hpet_mmap hugepages hugepagesz ",
        "i2c_touchscreen_props ibt ihash_entries ima_hash ima_policy ima_template ima_template_fmt init init_pkru initcall_blacklist initramfs_async ",
        "initramfs_options integrity_audit intel_iommu iomem irqaffinity isolcpus kprobe_event load_ramdisk lpj lsm mem_sleep_default memhp_default_state ",
        "mhash_entries mphash_entries nmi_watchdog no_ipi_broadcast noexec32 nohz nohz_full ntp_tick_adj numa_balancing pcie_aspm pcie_pme pcie_port_pm ",
        "pcie_ports pmtmr pnp_reserve_dma pnp_reserve_io pnp_reserve_irq pnp_reserve_mem pnpacpi preempt print_fatal_signals profile psi rdinit reboot ",
        "relax_domain_level resched_latency_warn_ms reserve reserve_mem resume resume_offset resumedelay ring3mwait root rootdelay rootflags rootfstype ",
        "sched_thermal_decay_shift schedstats security sev show_lapic slab_max_order slab_min_objects slab_min_order slub_max_order slub_min_objects ",
        "slub_min_order softlockup_panic stack_guard_gap swapaccount tcpmhash_entries thash_entries thp_anon trace_buf_size trace_clock trace_event ",
        "trace_instance trace_options trace_trigger tracing_thresh transparent_hugepage tsc uhash_entries vdso vdso32 video watchdog_thresh").Split(' ')];

    /// <summary>What the kernel does not know is named in one notice and goes to the first process: words as arguments, then settings as its environment.</summary>
    public static void NameUnknown(KernelCore core, ContiguousMemory contiguous)
    {
        List<string> arguments = [];
        List<(string Name, string Value)> environment = [];
        foreach ((string name, string? value) in core.CommandLine.Parameters)
        {
            if (name == "--")
            {
                break; // the rest is for the first process, whatever it is called
            }

            if (IsKnown(contiguous, name, value))
            {
                continue;
            }

            if (value is null)
            {
                arguments.Add(name);
            }
            else
            {
                environment.RemoveAll(setting => setting.Name == name);
                environment.Add((name, value));
            }
        }

        if (arguments.Count + environment.Count > 0)
        {
            string all = string.Join(' ', arguments.Concat(environment.Select(setting => $"{setting.Name}={setting.Value}")));
            core.Log.Notice($"Unknown kernel command line parameters, left to user space: \"{all}\"");
        }
    }

    /// <summary>A name with a dot belongs to a module, which may be loaded later; dashes and underscores are the same.</summary>
    private static bool IsKnown(ContiguousMemory contiguous, string name, string? value)
    {
        string plain = name.Replace('-', '_');
        return name.Contains('.', StringComparison.Ordinal)
            || Names.Contains(plain)
            || (value is not null && Settings.Contains(plain))
            || ByOption(contiguous).Contains(plain);
    }

    private static IEnumerable<string> ByOption(ContiguousMemory contiguous) =>
        [.. contiguous.ForDma ? ["cma"] : Array.Empty<string>(), .. contiguous.PerNode ? ["numa_cma", "cma_pernuma"] : Array.Empty<string>(), .. contiguous.IsBuilt ? ["hugetlb_cma"] : Array.Empty<string>()];
}
