# What the caller prefers, and questions that cannot be asked.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Setup.ps1')
    New-Person prefers
    $writing = @(
        'Save-SAPData @{ userId = "prefers"; title = "New" }', 'Save-SAPData ''{"userId":"prefers","title":"New"}'''
        'Save-Identity -Identity prefers @{ title = "New" }', 'Suspend-Identity prefers', 'Remove-Identity prefers'
        'Reset-IdentityPassword prefers -Password "N3w-Pass-Phrase"', '"prefers", "prefers" | Suspend-Identity'
    )
}

AfterAll {
    Remove-Module -Name SapSuccessFactors
}

Describe 'The preferences of the caller' {
    It 'are heard in a rehearsal by a variable of the caller' {
        function Start-Rehearsal {
            $WhatIfPreference = $true
            $writing | ForEach-Object { Invoke-Expression $_ }
        }
        Start-Rehearsal | Should -BeNullOrEmpty
        Get-Field prefers title | Should -Be 'Old'
        Get-Field prefers status | Should -Be 't'
    }

    It 'are heard in a rehearsal by a switch of the caller' {
        function Start-Template {
            [CmdletBinding(SupportsShouldProcess = $true)]
            param()
            Suspend-Identity prefers
        }
        Start-Template -WhatIf | Should -BeNullOrEmpty
        Get-Field prefers status | Should -Be 't'
    }

    It 'are heard in a rehearsal as PowerShell reads them: <_>' -ForEach 1, 'yes', 'true' {
        $WhatIfPreference = $_
        # In a script an error ends a statement, and what follows it is done.
        Invoke-Apart "& {`n`$WhatIfPreference = '$_'`n$($writing -join "`n")`n}" | Should -Not -BeLike '*SwitchParameter*'
        Suspend-Identity prefers | Should -BeNullOrEmpty
        Get-Field prefers title | Should -Be 'Old'
        Get-Field prefers status | Should -Be 't'
    }

    It 'that cannot be heard are a no' {
        Invoke-Apart "& {`n`$ConfirmPreference = 'Always'`n$($writing -join "`n")`n}" | Should -BeLike '*Always*'
        Get-Field prefers title | Should -Be 'Old'
        Get-Field prefers status | Should -Be 't'
    }

    It 'give way to a parameter' {
        $WhatIfPreference = $true
        (Suspend-Identity prefers -WhatIf:$false).Action | Should -Be 'suspended'
        (Resume-Identity prefers -WhatIf:$false).Action | Should -Be 'revived'
    }

    It 'decide what an error does' {
        function Get-Caught {
            $ErrorActionPreference = 'Stop'
            try { 'nobody', 'nobody' | Suspend-Identity } catch { $_.FullyQualifiedErrorId }
        }
        Get-Caught | Should -Be 'noSuchIdentifier,Suspend-Identity'
    }

    It 'leave those of the session alone' {
        $before = $WhatIfPreference, $ErrorActionPreference, $ConfirmPreference
        $null = Get-SAPData -Identity prefers
        $WhatIfPreference, $ErrorActionPreference, $ConfirmPreference | Should -Be $before
    }
}

Describe 'A question that cannot be asked' {
    It 'is a no: by -Confirm' {
        $said = Invoke-Apart ($writing -replace '$', ' -Confirm' -join "`n")
        [regex]::Matches($said, 'nobody can be asked').Count | Should -BeGreaterThan 6
        Get-Field prefers title | Should -Be 'Old'
        Get-Field prefers status | Should -Be 't'
    }

    It 'is a no: by a preference of the script' {
        $said = Invoke-Apart ("`$ConfirmPreference = 'Low'`n" + ($writing -join "`n"))
        [regex]::Matches($said, 'nobody can be asked').Count | Should -BeGreaterThan 6
        Get-Field prefers title | Should -Be 'Old'
        Get-Field prefers status | Should -Be 't'
    }

    It 'is a no where there is no host' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$module'`n'prefers', 'prefers' | Suspend-Identity -Confirm").Invoke()
        @($shell.Streams.Error).Count | Should -Be 2
        $shell.Streams.Error | ForEach-Object {
            $_.FullyQualifiedErrorId | Should -Be 'malformedRequest,Suspend-Identity'
            $_.TargetObject | Should -Be 'prefers'
        }
        $shell.Dispose()
        Get-Field prefers status | Should -Be 't'
    }
}
