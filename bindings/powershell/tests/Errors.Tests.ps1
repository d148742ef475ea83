# What becomes of errors.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Setup.ps1')
    New-Person error1
    New-Person error3
}

AfterAll {
    Remove-Module -Name SapSuccessFactors
}

Describe 'One bad record of several' {
    It 'is one error, and those behind it are saved: <Form>' -ForEach @(
        @{ Form = 'tables'; Make = { param($n) 1..3 | ForEach-Object { @{ userId = "bad$n$_"; username = "bad$n$_"; status = @('', 't', 'zz', 't')[$_] } } } }
        @{ Form = 'objects'; Make = { param($n) 1..3 | ForEach-Object { [pscustomobject]@{ userId = "bad$n$_"; username = "bad$n$_"; status = @('', 't', 'zz', 't')[$_] } } } }
    ) {
        $records = & $Make $Form[0]
        $saved = @($records | Save-SAPData -ErrorAction SilentlyContinue -ErrorVariable failed)
        $saved.Action | Should -Be @('created', 'created')
        $failed.Count | Should -Be 1
        $failed[0].TargetObject | Should -Be $records[1]
        $failed[0].FullyQualifiedErrorId | Should -Be 'invalidAttribute,Save-SAPData'
        @(Save-SAPData $records -ErrorAction SilentlyContinue -ErrorVariable failed).Action | Should -Be @('unchanged', 'unchanged')
        $failed.Count | Should -Be 1
    }

    It 'is one error in JSON, and the outcomes of the others come out' {
        $json = '[{"userId":"error1","title":"A"},{"userId":"nobody9","title":"A"},{"title":"A"},{"userId":"error3","title":"A"}]'
        $saved = @(Save-SAPData $json -ErrorAction SilentlyContinue -ErrorVariable failed)
        $saved.Uid | Should -Be @('error1', 'error3')
        $failed.Count | Should -Be 2
        $failed[0].TargetObject | Should -Be 'nobody9'
    }

    It 'ends all of it if the caller says so' {
        { 'error1', 'nobody', 'error3' | Suspend-Identity -ErrorAction Stop } | Should -Throw -ErrorId 'noSuchIdentifier,Suspend-Identity'
        Get-Field error1 status | Should -Be 'f'
        Get-Field error3 status | Should -Be 't'
    }

    It 'is one error of <_>' -ForEach 'Suspend-Identity', 'Resume-Identity', 'Remove-Identity', 'Resume-Identity' {
        @('error1', 'nobody', 'error3' | & $_ -ErrorAction SilentlyContinue -ErrorVariable failed).Uid | Should -Be @('error1', 'error3')
        $failed.Count | Should -Be 1
        $failed[0].TargetObject | Should -Be 'nobody'
        @(& $_ 'error1', 'nobody', 'error3' -ErrorAction SilentlyContinue).Uid | Should -Be @('error1', 'error3')
    }

    It 'is one error of passwords and attributes' {
        @('error1', 'nobody', 'error3' | Reset-IdentityPassword -Password 'N3w-Pass-Phrase' -ErrorAction SilentlyContinue).Uid |
            Should -Be @('error1', 'error3')
        @('error1', 'nobody', 'error3' | Save-Identity -Attributes @{ title = 'B' } -ErrorAction SilentlyContinue).Uid |
            Should -Be @('error1', 'error3')
    }

    It 'ends all of it if it is the log-on that fails' {
        $keys = Get-Key
        $keys.client_id = 'wrong'
        { 'error1', 'error3' | Suspend-Identity -Configuration $keys } | Should -Throw -ErrorId 'authenticationFailed,Suspend-Identity'
        'error1', 'error3' | Suspend-Identity -Configuration $keys -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1
    }
}

Describe 'The list of errors' {
    It 'is empty after a success' {
        $Error.Clear()
        $null = Get-SAPData -Identity error1 -ErrorVariable failed
        $null = Save-SAPData @{ userId = 'error1'; title = 'C' }
        $null = 'error1' | Suspend-Identity
        $null = Resume-Identity error1
        $failed.Count | Should -Be 0
        $Error.Count | Should -Be 0
    }

    It 'has one error after a failure' {
        $Error.Clear()
        Suspend-Identity nobody -ErrorAction SilentlyContinue
        $Error.Count | Should -Be 1
        try { Suspend-Identity nobody } catch { $_.FullyQualifiedErrorId | Should -Be 'noSuchIdentifier,Suspend-Identity' }
        $Error.Count | Should -Be 2
    }

    It 'says nothing if nothing shall be said' {
        Suspend-Identity nobody -ErrorAction SilentlyContinue 2>&1 | Should -BeNullOrEmpty
        Get-SAPData -Filter 'none' -ErrorAction SilentlyContinue 2>&1 | Should -BeNullOrEmpty
    }
}

Describe 'What comes behind a function in a pipeline' {
    It 'has errors of its own' {
        $Error.Clear()
        try { Get-SAPData | ForEach-Object { throw 'mine' } } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -Be 'mine'
        $caught.Exception | Should -BeOfType [System.Management.Automation.RuntimeException]
        try { 'error1' | Suspend-Identity | ForEach-Object { throw 'mine' } } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -Be 'mine'
        Resume-Identity error1
    }

    It 'leaves the loop of the caller, and has nothing more done' {
        $rounds = 0
        foreach ($round in 1..3) {
            $rounds++
            'error1', 'error3' | Suspend-Identity | ForEach-Object { break }
            $rounds = 100
        }
        $rounds | Should -Be 1
        Get-Field error3 status | Should -Be 't'
        $null = Resume-Identity error1
        foreach ($round in 1..3) {
            $rounds++
            Get-SAPData | ForEach-Object { break }
        }
        $rounds | Should -Be 2
    }

    It 'may have enough' {
        @('error1', 'error3' | Suspend-Identity | Select-Object -First 1).Uid | Should -Be 'error1'
        Get-Field error3 status | Should -Be 't'
        $null = Resume-Identity error1
    }
}

Describe 'A module without its class library' {
    It 'is not imported' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'SapSuccessFactors'
        $null = New-Item -ItemType Directory -Path $folder
        Copy-Item -Path (Join-Path -Path $env:SFSF_TEST_MODULE -ChildPath '*.ps*') -Destination $folder
        $script = "Import-Module '$folder'; (Get-Command -Module SapSuccessFactors).Count"
        $said = Invoke-Shell -NoProfile -NonInteractive -Command $script
        $said | Should -BeLike '*Sfsf.Connector.dll*'
        $said | Should -Not -Match '(?m)^10\s*$'
    }
}
