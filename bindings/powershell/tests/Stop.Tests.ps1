# Pipelines that are stopped, programs that die, and a collector that comes whenever it likes.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Setup.ps1')
    New-Person stop1

    # A server that accepts and never answers, and how many have come.
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $silent = Get-Key
    $silent.url = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"
    if ($silent.PSObject.Properties['token_url']) { $silent.token_url = $silent.url + '/oauth/token' }
    $file = Join-Path -Path $TestDrive -ChildPath 'silent.json'
    Set-Content -Path $file -Value ($silent | ConvertTo-Json)
}

AfterAll {
    $listener.Stop()
    Remove-Module -Name SapSuccessFactors
}

Describe 'A stop' {
    AfterEach {
        $null = Invoke-Sandbox DELETE faults
    }

    It 'ends at once where no server answers: <_>' -ForEach @(
        'Get-SAPData', 'Search-Data', 'Test-ConnectorConnection', 'Suspend-Identity stop1', 'Resume-Identity stop1', 'Remove-Identity stop1'
        'Reset-IdentityPassword stop1 -Password x', 'Save-Identity -Identity stop1 @{ title = "x" }', 'Save-SAPData @{ userId = "stop1"; title = "x" }'
        'Save-SAPData ''{"userId":"stop1","title":"x"}''', '"stop1", "stop1" | Suspend-Identity'
    ) {
        $seen = Start-Elsewhere "$_ -Configuration '$file'" -Until { $listener.Pending() }
        while ($listener.Pending()) { $listener.AcceptTcpClient().Dispose() }
        $seen.State | Should -Be 'Stopped'
        $seen.Took.TotalSeconds | Should -BeLessThan 1
    }

    It 'says that the effect of a change is unknown: <_>' -ForEach @(
        'Suspend-Identity stop1', 'Save-Identity -Identity stop1 @{ title = "stopped" }', 'Save-SAPData @{ userId = "stop1"; title = "stopped" }'
        'Save-SAPData ''{"userId":"stop1","title":"stopped"}''', 'Reset-IdentityPassword stop1 -Password N3w-Pass-Phrase'
    ) {
        $null = Invoke-Sandbox POST faults 'hang:POST upsert*1'
        $until = { @((Invoke-Sandbox GET faults).faults).Count -eq 0 }
        $seen = Start-Elsewhere $_ -Until $until
        $seen.Took.TotalSeconds | Should -BeLessThan 1
        $seen.Errors[0].Exception.Effect | Should -Be 'unknown'
        $seen.Warning | Should -BeLike '*effect unknown*'
    }

    It 'leaves the next call alone' {
        $seen = Start-Elsewhere 'while ($true) { Get-SAPData }' -Until { $true }
        $seen.State | Should -Be 'Stopped'
        (Get-SAPData -Identity stop1).userId | Should -Be 'stop1'
    }
}

Describe 'A collector between any two calls' {
    It 'changes nothing' {
        $all = @(Get-SAPData -Fields title).Count
        @(Get-SAPData -Fields title | ForEach-Object { [GC]::Collect(); $_ }).Count | Should -Be $all
        1..5 | ForEach-Object {
            [GC]::Collect()
            [GC]::WaitForPendingFinalizers()
            (Save-SAPData @{ userId = 'stop1'; title = "round $_" }).Changed | Should -Be 'title'
        }
        @(1..5 | ForEach-Object { [GC]::Collect(); @{ userId = 'stop1'; title = "piped $_" } } | Save-SAPData).Count | Should -Be 5
    }
}

Describe 'A program that dies' -Skip:(-not $env:SFSF_TEST_FAKE_PROGRAM) {
    BeforeAll {
        $program = $env:SFSF_CONNECTOR_PROGRAM
        $env:SFSF_REAL_PROGRAM = $program

        # Does something with a program that dies after so many lines, and says how it went.
        function Invoke-Dying {
            param([int] $Lines, [scriptblock] $Work)

            $env:SFSF_DIE_AFTER = $Lines
            $env:SFSF_CONNECTOR_PROGRAM = $env:SFSF_TEST_FAKE_PROGRAM
            try {
                & $Work
            } catch {
                $_.Exception
            } finally {
                $env:SFSF_CONNECTOR_PROGRAM = $program
            }
        }
    }

    AfterEach {
        # Those that are kept would die in the calls of others.
        [Sfsf.Connector.PowerShell.Call]::Close()
        $env:SFSF_DIE_AFTER = $null
    }

    It 'ends a <Form> after any line, and nothing else' -ForEach @(
        @{ Form = 'search'; Effects = '^(not_applied ?)+$'; Work = { Get-SAPData -Identity 'stop1', 'sfapi' -Fields title } }
        @{ Form = 'save of a table'; Effects = '^(not_applied )+unknown$'; Work = { Save-SAPData @{ userId = 'stop1'; title = [guid]::NewGuid() } } }
        @{ Form = 'save of JSON'; Effects = '^(not_applied )+unknown$'; Work = { Save-SAPData ('{"userId":"stop1","title":"' + [guid]::NewGuid() + '"}') } }
    ) {
        $effects = @()
        foreach ($lines in 0..50) {
            $came = Invoke-Dying $lines $Work
            [Sfsf.Connector.PowerShell.Call]::Close()
            if ($came -isnot [Exception]) { break }
            $came | Should -BeOfType [Sfsf.Connector.ConnectorException]
            $effects += $came.Effect
            (Get-SAPData -Identity stop1 -Fields title).userId | Should -Be 'stop1'
        }
        $came | Should -Not -BeOfType [Exception]
        $effects -join ' ' | Should -Match $Effects
    }
}
