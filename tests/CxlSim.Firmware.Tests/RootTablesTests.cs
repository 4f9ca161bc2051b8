using CxlSim.Platform;

namespace CxlSim.Firmware.Tests;

/// <summary>What a platform file states of RSDP, XSDT, FACP and MCFG, field by field, and what firmware derives of the rest.</summary>
public class RootTablesTests
{
    private const string Bridge = "\nhost_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]\n";

    /// <summary>In the order of ACPI 6.5 5.2.9, each byte one more than the one before.</summary>
    private const string EveryFadtField = """
        firmware:
          tables:
            FACP:
              firmware_ctrl: 0x04030201
              dsdt: 0x08070605
              int_model: 0x09
              preferred_pm_profile: 0x0a
              sci_int: 0x0c0b
              smi_cmd: 0x100f0e0d
              acpi_enable: 0x11
              acpi_disable: 0x12
              s4bios_req: 0x13
              pstate_cnt: 0x14
              pm1a_evt_blk: 0x18171615
              pm1b_evt_blk: 0x1c1b1a19
              pm1a_cnt_blk: 0x201f1e1d
              pm1b_cnt_blk: 0x24232221
              pm2_cnt_blk: 0x28272625
              pm_tmr_blk: 0x2c2b2a29
              gpe0_blk: 0x302f2e2d
              gpe1_blk: 0x34333231
              pm1_evt_len: 0x35
              pm1_cnt_len: 0x36
              pm2_cnt_len: 0x37
              pm_tmr_len: 0x38
              gpe0_blk_len: 0x39
              gpe1_blk_len: 0x3a
              gpe1_base: 0x3b
              cst_cnt: 0x3c
              p_lvl2_lat: 0x3e3d
              p_lvl3_lat: 0x403f
              flush_size: 0x4241
              flush_stride: 0x4443
              duty_offset: 0x45
              duty_width: 0x46
              day_alrm: 0x47
              mon_alrm: 0x48
              century: 0x49
              iapc_boot_arch: 0x4b4a
              reserved: 0x4c
              flags: 0x504f4e4d
              reset_reg: {space_id: 0x51, bit_width: 0x52, bit_offset: 0x53, access_size: 0x54, address: 0x5c5b5a5958575655}
              reset_value: 0x5d
              arm_boot_arch: 0x5f5e
              minor_version: 0x60
              x_firmware_ctrl: 0x6867666564636261
              x_dsdt: 0x706f6e6d6c6b6a69
              x_pm1a_evt_blk: {space_id: 0x71, bit_width: 0x72, bit_offset: 0x73, access_size: 0x74, address: 0x7c7b7a7978777675}
              x_pm1b_evt_blk: {space_id: 0x7d, bit_width: 0x7e, bit_offset: 0x7f, access_size: 0x80, address: 0x8887868584838281}
              x_pm1a_cnt_blk: {space_id: 0x89, bit_width: 0x8a, bit_offset: 0x8b, access_size: 0x8c, address: 0x94939291908f8e8d}
              x_pm1b_cnt_blk: {space_id: 0x95, bit_width: 0x96, bit_offset: 0x97, access_size: 0x98, address: 0xa09f9e9d9c9b9a99}
              x_pm2_cnt_blk: {space_id: 0xa1, bit_width: 0xa2, bit_offset: 0xa3, access_size: 0xa4, address: 0xacabaaa9a8a7a6a5}
              x_pm_tmr_blk: {space_id: 0xad, bit_width: 0xae, bit_offset: 0xaf, access_size: 0xb0, address: 0xb8b7b6b5b4b3b2b1}
              x_gpe0_blk: {space_id: 0xb9, bit_width: 0xba, bit_offset: 0xbb, access_size: 0xbc, address: 0xc4c3c2c1c0bfbebd}
              x_gpe1_blk: {space_id: 0xc5, bit_width: 0xc6, bit_offset: 0xc7, access_size: 0xc8, address: 0xd0cfcecdcccbcac9}
              sleep_control_reg: {space_id: 0xd1, bit_width: 0xd2, bit_offset: 0xd3, access_size: 0xd4, address: 0xdcdbdad9d8d7d6d5}
              sleep_status_reg: {space_id: 0xdd, bit_width: 0xde, bit_offset: 0xdf, access_size: 0xe0, address: 0xe8e7e6e5e4e3e2e1}
              hypervisor_vendor_identity: 0xf0efeeedecebeae9
        """;

    [Fact]
    public void Fadt_HasEveryStatedField()
    {
        Board board = Board.Of(EveryFadtField + Bridge);

        byte[] facp = board.Memory(BitConverter.ToUInt64(Xsdt(board), 36), 276);
        facp[36..].Should().Equal(Enumerable.Range(1, 240).Select(value => (byte)value));
    }

    [Fact]
    public void Fadt_SaysWhichFieldsWereStated()
    {
        Board board = Board.Of("firmware: {tables: {FACP: {sci_int: 9, x_gpe0_blk: {address: 0x1820}}}}" + Bridge);

        board.Sources.Find("FACP", 46)!.Should().Match<TableSource>(source => source.IsStated && source.Key == "sci_int" && source.Location.Column == 37);
        board.Sources.Find("FACP", 224)!.Should().Match<TableSource>(source => source.IsStated && source.Key == "address");
        board.Sources.Field("FACP", 220, 1)!.Should().Match<TableSource>(source => !source.IsStated && source.Key == "space_id");
        board.Sources.Field("FACP", 140, 8)!.Derivation.Should().Be("where the DSDT lies");
        Enumerable.Range(36, 240).Should().OnlyContain(offset => board.Sources.Find("FACP", offset) != null);
    }

    // ACPI 6.5 5.2.5.3; the signature is what the table is found by.
    [Fact]
    public void Rsdp_HasEveryStatedField()
    {
        Board board = Board.Of("""
            firmware:
              oem_id: ABC
              tables: {RSDP: {checksum: 1, oem_id: DEFG, revision: 2, rsdt_address: 0x05040302, length: 0x09080706, xsdt_address: 0x11100f0e0d0c0b0a, extended_checksum: 0x12, reserved: 0x151413}}
            """ + Bridge);

        Convert.ToHexStringLower(board.Memory(board.Handoff.Rsdp.Value, 36)).Should().Be(
            "5253442050545220" + "01" + "444546472020" + "02" + "02030405" + "06070809" + "0a0b0c0d0e0f1011" + "12" + "131415");
        board.Sources.Field("RSDP", 24, 8)!.IsStated.Should().BeTrue();
    }

    [Fact]
    public void Rsdp_IsDerivedFieldByField()
    {
        Board board = Board.Of("firmware: {oem_id: ABC, tables: {RSDP: {revision: 3}}}" + Bridge);

        byte[] rsdp = board.Memory(board.Handoff.Rsdp.Value, 36);
        (rsdp[15], rsdp[..20].Sum(value => value) % 256, rsdp.Sum(value => value) % 256).Should().Be(((byte)3, 0, 0));
        board.Sources.Field("RSDP", 15, 1)!.IsStated.Should().BeTrue();
        board.Sources.Field("RSDP", 9, 6)!.IsStated.Should().BeTrue("the firmware's name is stated");
        board.Sources.Field("RSDP", 24, 8)!.Derivation.Should().Be("where the XSDT lies");
        Enumerable.Range(8, 28).Should().OnlyContain(offset => board.Sources.Find("RSDP", offset) != null);
    }

    [Fact]
    public void Xsdt_HasTheStatedEntries()
    {
        Board board = Board.Of("firmware: {tables: {XSDT: {entries: [FACP, 0x123456789a, SLIT, DSDT, FACP]}}}" + Bridge);

        byte[] xsdt = Xsdt(board);
        ulong[] entries = [.. Enumerable.Range(0, (xsdt.Length - 36) / 8).Select(i => BitConverter.ToUInt64(xsdt, 36 + (8 * i)))];
        entries.Should().HaveCount(5);
        (Signature(board, entries[0]), entries[1], entries[2], Signature(board, entries[3]), entries[4]).Should().Be(("FACP", 0x12_3456_789aUL, 0UL, "DSDT", entries[0]));
        board.Sources.Field("XSDT", 44, 8)!.Location.Column.Should().Be(44);
    }

    [Fact]
    public void Xsdt_SaysWhichTableAnEntryIsDerivedFrom()
    {
        Board board = Board.Of(Bridge);

        board.Sources.Field("XSDT", 36, 8)!.Should().Match<TableSource>(source => !source.IsStated && source.Derivation == "where FACP lies");
        board.Sources.Field("XSDT", 10, 6)!.Key.Should().Be("oem_id");
    }

    // PCI firmware specification 3.3 4.1.2.
    [Fact]
    public void Mcfg_HasTheStatedAllocations()
    {
        Board board = Board.Of("firmware: {tables: {MCFG: {reserved: 7, allocations: [{base: 0xe0000000, end_bus: 0x7f}, {base: 0x8000000000, segment: 1, start_bus: 2, end_bus: 1, reserved: 3}]}}}" + Bridge);

        Convert.ToHexStringLower(board.Tables["MCFG"][36..]).Should().Be(
            "0700000000000000" + "000000e000000000" + "0000" + "00" + "7f" + "00000000" + "0000000080000000" + "0100" + "02" + "01" + "03000000");
        board.Sources.Field("MCFG", 44, 8)!.IsStated.Should().BeTrue();
        board.Sources.Field("MCFG", 52, 2)!.IsStated.Should().BeFalse();
    }

    /// <summary>The table of the recorded machine, to the byte; its board says no other width than 0.</summary>
    [Fact]
    public void Hpet_IsTheRecordedOne()
    {
        byte[] hpet = Board.Of("firmware: {oem_id: BOCHS, oem_table_id: BXPC, creator_id: BXPC, tables: {HPET: {}}}" + Bridge).Tables["HPET"];

        hpet.Should().Equal(File.ReadAllBytes(RepositoryRoot.Golden("01-single-volatile", "fw", "tables", "HPET")));
    }

    // IA-PC HPET 1.0a 3.2.4.
    [Fact]
    public void Hpet_HasEveryStatedField()
    {
        Board board = Board.Of(
            "firmware: {tables: {HPET: {event_timer_block_id: 0x04030201, base_address: {space_id: 5, bit_width: 6, bit_offset: 7, access_size: 8, address: 0x100f0e0d0c0b0a09}, hpet_number: 17, minimum_clock_tick: 0x1312, page_protection: 20}}}" + Bridge);

        board.Tables["HPET"][36..].Should().Equal(Enumerable.Range(1, 20).Select(value => (byte)value));
        board.Sources.Field("HPET", 44, 8)!.IsStated.Should().BeTrue();
    }

    [Fact]
    public void Hpet_IsOnlyWhereThePlatformSaysSo() => Board.Of(Bridge).Tables.All.Keys.Should().NotContain("HPET");

    [Fact]
    public void Mcfg_MayBeEmpty() => Board.Of("firmware: {tables: {MCFG: {allocations: []}}}" + Bridge).Tables["MCFG"].Should().HaveCount(44);

    private static byte[] Xsdt(Board board)
    {
        ulong address = BitConverter.ToUInt64(board.Memory(board.Handoff.Rsdp.Value, 36), 24);
        return board.Memory(address, BitConverter.ToInt32(board.Memory(address + 4, 4)));
    }

    private static string Signature(Board board, ulong address) => System.Text.Encoding.ASCII.GetString(board.Memory(address, 4));
}
